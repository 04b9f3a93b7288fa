/**
 * One customer's past lived through again by the kernel (§12.1): stored events in their order, waits at their moments, each burst with the facts of its
 * instant. It decides what production should have decided; what people and vendors did (commands, hand-overs, reports) is taken as stored.
 */
import { advanceCustomer, type AdvanceInput } from '#domain/enrollments/advance-customer.ts';
import { keepAlarms, type Alarm } from '#domain/enrollments/alarm.ts';
import type { ReckonCommand } from '#domain/enrollments/carry-out.ts';
import type { Effect, TraceLine } from '#domain/enrollments/effects.ts';
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import { hasWork } from '#domain/enrollments/has-work.ts';
import type { Enrollment } from '#domain/enrollments/state.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import { plansInOrder } from '#domain/journeys/plans-in-order.ts';
import type { Transfer } from '#domain/loyalty/ledger.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import type { Instant } from '#domain/shared/time.ts';
import { isTimed } from '#domain/journeys/trigger.ts';
import { byHandSince, takenInByHand } from './by-hand.ts';
import { knownLines, lineOf, nextStep, readNotes, type DispatchNotes } from './dispatch-notes.ts';
import { entryCountsAt } from './entry-counts-at.ts';
import { factsAt, type Moment } from './facts-at.ts';
import { ringUpAgain } from './ring-up-again.ts';
import type { FiguresAfter, StoredHistory } from './stored-history.ts';

/** What the kernel decided, in the ids that production used where it came to the same enrollment. `rungUp`: the movements of purchases and returns. */
export type Replayed = { traces: TraceLine[]; effects: Effect[]; rungUp: Transfer[]; bursts: number };

type Burst = { events: AdvanceInput['events']; at: Instant; fromNo: number; toNo: number };
const isOfMessage = (type: string): boolean => type.startsWith('message.') || type === 'http.answered' || type === 'consent.changed';

class Replay {
  private enrollments: Enrollment[] = [];
  private readonly register: AdvanceInput['register'] = [];
  /** Production's id of an enrollment by ours. */
  private readonly names = new Map<string, string>();
  private alarms: Alarm[] = [];
  private ledger: LedgerEntry[] = [];
  private deferred: AdvanceInput['events'] = [];
  private sameInstant: { at: Instant; effects: Effect[] } = { at: -Infinity, effects: [] };
  private readonly figures: FiguresAfter[];
  private readonly notes: DispatchNotes;
  private readonly byHand: Map<string, Instant>;
  /** Entries by hand that lie ahead: they count for re-entry from their instant on. */
  private takenIn: AdvanceInput['register'];
  /** Versions that begin by the calendar and are not published yet. */
  private ahead: StoredHistory['versions'];
  private made = 0;
  readonly out: Replayed;

  constructor(private readonly stored: StoredHistory) {
    const { figures, transfers } = ringUpAgain(stored);
    this.figures = figures;
    this.notes = readNotes(stored.traces);
    this.byHand = byHandSince(stored);
    this.takenIn = takenInByHand(stored);
    this.ahead = stored.versions.filter(({ plan, publishedAt }) => isTimed(plan.journey.entry.trigger) && publishedAt >= stored.factsNow.createdAt);
    this.out = { traces: [], effects: [], rungUp: transfers, bursts: 0 };
  }

  private plansAt(at: Instant): Map<string, Plan> {
    const there = this.stored.versions.filter(({ publishedAt }) => publishedAt <= at);
    const latest = new Map(there.map(({ plan }) => [plan.journeyId, plan.versionId]));
    const states = new Map(this.stored.states.filter((change) => change.at <= at).map(({ journeyId, state }) => [journeyId, state]));
    return plansInOrder(there.map(({ plan }) => {
      const state = states.get(plan.journeyId) ?? 'live';
      // Whoever a stopped journey held is known to have left by hand.
      return { ...plan, status: state === 'paused' ? 'paused' as const : 'live' as const, takesEntries: latest.get(plan.journeyId) === plan.versionId && state !== 'stopped', drains: state === 'draining' };
    }));
  }

  /** In production's ids: our own are put in their places wherever they stand. */
  private rename<T>(value: T): T {
    let text = JSON.stringify(value);
    for (const [ours, theirs] of this.names) text = text.replaceAll(`"${ours}`, `"${theirs}`);
    return JSON.parse(text) as T;
  }

  /** An answer names the visit that asked, by production's id: it is ours that waits for it. */
  private toOurs(event: CustomerEvent): CustomerEvent {
    const { requestKey } = event.properties;
    if (event.type !== 'http.answered' || typeof requestKey !== 'string') return event;
    const theirs = requestKey.slice(0, requestKey.indexOf(':'));
    const ours = [...this.names].find(([, name]) => name === theirs)?.[0] ?? theirs;
    return { ...event, properties: { ...event.properties, requestKey: `${ours}${requestKey.slice(theirs.length)}` } };
  }

  private isHandled(enrollment: Enrollment, at: Instant, inclusive: boolean): boolean {
    const since = this.byHand.get(this.names.get(enrollment.id) ?? '');
    return since !== undefined && (since < at || (inclusive && since === at));
  }

  /** People moved, taken out, stopped or tried again by hand are left where they were; that they leave is taken as stored. */
  private leaveHandled(at: Instant, inclusive: boolean): void {
    for (const entry of this.takenIn) {
      if (entry.enteredAt > at || (entry.enteredAt === at && !inclusive)) continue;
      this.takenIn = this.takenIn.filter((each) => each !== entry);
      this.register.push(entry);
    }
    this.enrollments = this.enrollments.filter((enrollment) => !this.isHandled(enrollment, at, inclusive));
    for (const line of this.register) {
      const stored = this.stored.enrollments.find(({ journeyId, entryKey }) => journeyId === line.journeyId && entryKey === line.entryKey);
      if (stored && this.byHand.has(stored.id) && stored.endedAt !== null && stored.endedAt <= at) line.endedAt ??= stored.endedAt;
    }
  }

  private keep(enrollments: readonly Enrollment[]): void {
    for (const enrollment of enrollments) {
      const { id, journeyId, entryKey, enteredAt, state } = enrollment;
      if (enrollment.burst === 0) {
        this.enrollments.push(enrollment);
        this.register.push({ journeyId, entryKey, enteredAt, endedAt: null });
        const stored = this.stored.enrollments.find((each) => each.journeyId === journeyId && each.entryKey === entryKey);
        if (stored) this.names.set(id, stored.id);
      }
      enrollment.burst += 1;
      const line = state.ending && this.register.find((each) => each.journeyId === journeyId && each.entryKey === entryKey && each.endedAt === null);
      if (line && state.ending) line.endedAt = state.ending.at;
    }
    this.enrollments = this.enrollments.filter(({ state }) => state.ending === null);
  }

  private keepLedger(effects: readonly Effect[]): void {
    for (const effect of effects) {
      const entry = effect.kind === 'sendMessage' || effect.kind === 'reserve' ? effect.entry : null;
      const key = effect.kind === 'release' ? effect.messageKey : entry?.messageKey;
      if (key !== undefined) this.ledger = this.ledger.filter(({ messageKey }) => messageKey !== key);
      if (entry?.counts) this.ledger.push(entry);
    }
  }

  /** Journeys that begin by the calendar look ahead when they are published; whoever comes later is made known by an event. */
  private lookAhead(at: Instant): ReckonCommand[] {
    const due = this.ahead.filter(({ publishedAt }) => publishedAt <= at);
    this.ahead = this.ahead.filter(({ publishedAt }) => publishedAt > at);
    return due.map(({ plan, publishedAt }) => ({ kind: 'reckon', journeyId: plan.journeyId, since: publishedAt }));
  }

  burst({ events, at, fromNo, toNo }: Burst): void {
    this.leaveHandled(at, false);
    const plans = this.plansAt(at);
    const listens = new Set([...plans.values()].flatMap((plan) => [...plan.listens]));
    const awake = this.deferred.filter(({ onlyJourneyId }) => [...plans.values()].some(({ journeyId, status }) => journeyId === onlyJourneyId && status !== 'paused'));
    const asked = { plans, listens, enrollments: this.enrollments, register: this.register, alarms: this.alarms, events: [...awake, ...events].map((each) => ({ ...each, event: this.toOurs(each.event) })), commands: this.lookAhead(at), now: at };
    if (this.sameInstant.at !== at) this.sameInstant = { at, effects: [] };
    if (hasWork(asked)) {
      const moment: Moment = { at, fromNo, toNo, hearsMessages: events.some(({ event }) => isOfMessage(event.type)), knownLines: knownLines(this.notes, events.map(({ event }) => event)) };
      const ledger = this.rename(this.ledger);
      const entryCounts = entryCountsAt(this.stored, plans.values(), new Set([at, ...asked.events.map(({ event }) => event.acceptedAt)]));
      const { facts, shared } = factsAt(this.stored, moment, { figures: this.figures, ledger, notes: this.notes, since: this.sameInstant.effects, entryCounts });
      const result = advanceCustomer({ ...asked, facts, shared, rules: this.stored.rules, newId: () => `again-${String((this.made += 1)).padStart(8, '0')}` });
      this.deferred = this.deferred.filter((each) => !awake.includes(each));
      for (const effect of result.effects) {
        const event = effect.kind === 'deferEvent' && this.stored.events.find(({ id }) => id === effect.eventId);
        if (effect.kind === 'deferEvent' && event) this.deferred.push({ event, onlyJourneyId: effect.journeyId });
      }
      this.keep(result.enrollments);
      this.alarms = keepAlarms(this.alarms, result.effects);
      this.keepLedger(result.effects);
      this.sameInstant.effects.push(...result.effects);
      this.out.traces.push(...this.rename(result.traces));
      this.out.effects.push(...this.rename(result.effects));
      this.out.bursts += 1;
    }
    this.leaveHandled(at, true);
  }

  nextWake(after: Instant): Instant {
    const moments = [...this.enrollments.map(({ state }) => state.waiting?.wakeAt ?? null), ...this.alarms.map(({ dueAt }) => dueAt), ...this.ahead.map(({ publishedAt }) => publishedAt)];
    return moments.reduce<Instant>((first, at) => (at !== null && at > after ? Math.min(first, at) : first), Infinity);
  }
}

/** Whether steps were taken between what the two events tell: the second was then heard by another burst. */
function isHeardLater(notes: DispatchNotes, before: CustomerEvent, event: CustomerEvent): boolean {
  const [first, second] = [lineOf(notes, before), lineOf(notes, event)];
  return first !== null && second !== null && nextStep(notes, first) < second;
}

/** Bursts as production made them: events of one instant together, except that what became of a message is heard after what planned it, and after what was told before. */
function burstsOf({ events, traces }: StoredHistory): Burst[] {
  const bursts: Burst[] = [];
  const notes = readNotes(traces);
  for (const event of events) {
    const last = bursts.at(-1);
    const before = last?.events.at(-1)?.event;
    if (last && before && last.at === event.acceptedAt && isOfMessage(before.type) === isOfMessage(event.type) && !isHeardLater(notes, before, event)) {
      last.events.push({ event });
      last.toNo = event.no;
    } else bursts.push({ events: [{ event }], at: event.acceptedAt, fromNo: event.no, toNo: event.no });
  }
  return bursts;
}

/** Lives through a customer's stored history from its first event to `until`. */
export function replayCustomer(stored: StoredHistory): Replayed {
  const replay = new Replay(stored);
  const bursts = burstsOf(stored);
  const changes = stored.states.map(({ at }) => at);
  let [next, reached] = [0, -Infinity];
  for (;;) {
    const eventAt = bursts[next]?.at ?? Infinity;
    const quietAt = Math.min(replay.nextWake(reached), ...changes.filter((at) => at > reached));
    const at = Math.min(eventAt, quietAt);
    if (at > stored.until) return replay.out;
    const burst = bursts[next];
    const no = burst?.fromNo ?? Number.MAX_SAFE_INTEGER;
    // What the product itself says at the moment of a wait, it says because of that wait (§2.2 holds for what comes from outside).
    const waitsFirst = at > reached && quietAt === at && burst?.events.every(({ event }) => event.source === 'system');
    if (burst && eventAt === at && !waitsFirst) {
      replay.burst(burst);
      next += 1;
    } else replay.burst({ events: [], at, fromNo: no, toNo: no - 1 });
    reached = at;
  }
}
