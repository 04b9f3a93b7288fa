/** What a simulation adds up to, for a page: volume per day and channel, refusals by reason, pressure over customers, and each journey's funnel (§12.3). */
import type { NodePass } from '#domain/enrollments/effects.ts';
import { findCategory, type PressurePolicy } from '#domain/pressure/policy.ts';
import { dateOf, HOUR_MS, type Instant } from '#domain/shared/time.ts';
import type { Person } from './person.ts';
import type { SimulatedLine, SimulatedMessageLine } from './simulated-line.ts';

type Counts = Record<string, number>;

export type SimulationSummary = {
  customers: number;
  events: number;
  /** Instants of customers at which something happened. */
  moments: number;
  /** Who was in one of the journeys at the beginning, and goes on there on their version. */
  wasInside: number;
  /** Entries, and those refused by reason. */
  entered: number;
  entriesRefused: Counts;
  /** Messages that left, by local day of the workspace and channel. */
  volume: { day: string; channel: string; messages: number }[];
  /** How messages stand at the end, by channel and status. */
  messages: { channel: string; status: string; messages: number }[];
  /** Messages that will not leave, by reason; those of pressure also by the rule that refused. */
  refusals: { code: string; rule: string | null; messages: number }[];
  /** How many customers received how many messages, and how much counted weight; 0 are those who received none. */
  spread: { messages: { received: number; customers: number }[]; weight: { weight: number; customers: number }[] };
  points: { programme: string; given: number; taken: number }[];
  vouchers: Counts;
  /** Tasks and calls for the staff, by kind (§9.6). */
  tasks: Counts;
  journeys: { journeyId: string; versionId: string; entered: number; inside: number; endings: Counts; nodes: { nodeId: string; passed: Counts; inside: number }[] }[];
};

const add = (counts: Counts, key: string, by = 1): void => void (counts[key] = (counts[key] ?? 0) + by);
const entriesOf = <T>(counts: Counts, make: (key: string, count: number) => T): T[] => Object.entries(counts).map(([key, count]) => make(key, count));
const SEPARATOR = '\u0000';

/** The rules that said no, from the reason's figures. */
function rulesOf(reason: SimulatedMessageLine['reason']): string[] {
  const refusals = reason?.figures?.['refusals'];
  if (!Array.isArray(refusals)) return [];
  return refusals.flatMap((refusal: unknown) => {
    if (typeof refusal !== 'object' || refusal === null || !('figures' in refusal)) return [];
    const { figures } = refusal;
    return typeof figures === 'object' && figures !== null && 'rule' in figures && typeof figures.rule === 'string' ? [figures.rule] : [];
  });
}

export class Tally {
  private readonly volume: Counts = {};
  private readonly statuses: Counts = {};
  private readonly refusals: Counts = {};
  private readonly entriesRefused: Counts = {};
  private readonly byMessages: Counts = {};
  private readonly byWeight: Counts = {};
  private readonly given: Counts = {};
  private readonly taken: Counts = {};
  private readonly vouchers: Counts = {};
  private readonly tasks: Counts = {};
  private readonly endings = new Map<string, Counts>();
  private readonly passes = new Map<string, Map<string, Counts>>();
  private readonly inside = new Map<string, Counts>();
  private readonly days = new Map<number, string>();
  private customers = 0;

  constructor(private readonly policy: PressurePolicy, private readonly timeZone: string, private readonly versions: readonly { journeyId: string; versionId: string }[]) {}

  /** Zones change by quarters of an hour at the least, so a day is reckoned once for each. */
  private dayOf(at: Instant): string {
    const quarter = Math.floor(at / (HOUR_MS / 4));
    const known = this.days.get(quarter);
    if (known !== undefined) return known;
    const day = dateOf(at, this.timeZone);
    this.days.set(quarter, day);
    return day;
  }

  hear(line: SimulatedLine): void {
    if (line.kind === 'trace') {
      const reason = line.data['reason'];
      if (line.step === 'entryRefused') add(this.entriesRefused, typeof reason === 'object' && reason !== null && 'code' in reason ? String(reason.code) : 'unknown');
      if (line.step !== 'ended' || line.versionId === null) return;
      const endings = this.endings.get(line.versionId) ?? {};
      this.endings.set(line.versionId, endings);
      add(endings, line.data['detail'] === undefined ? String(line.data['ending']) : `${String(line.data['ending'])}: ${String(line.data['detail'])}`);
    } else if (line.kind === 'posting' && line.account === 'customer:available') {
      add(line.amount > 0 ? this.given : this.taken, line.programmeKey, Math.abs(line.amount));
    } else if (line.kind === 'voucher') add(this.vouchers, line.offerKey);
    else if (line.kind === 'task' && line.state === 'open') add(this.tasks, line.taskKind);
  }

  countPasses(passes: readonly NodePass[]): void {
    for (const { versionId, nodeId, port } of passes) {
      const nodes = this.passes.get(versionId) ?? new Map<string, Counts>();
      this.passes.set(versionId, nodes);
      const ports = nodes.get(nodeId) ?? {};
      nodes.set(nodeId, ports);
      add(ports, port);
    }
  }

  /** A customer at the end of the run. */
  close(person: Person): void {
    this.customers += 1;
    let received = 0;
    let weight = 0;
    for (const message of person.messages.values()) {
      add(this.statuses, `${message.channel}${SEPARATOR}${message.status}`);
      if (message.handedOverAt !== null && message.status !== 'failed') {
        received += 1;
        const category = findCategory(this.policy, message.category);
        if (category && (category.countsTowardsCap ?? !category.transactional)) weight += category.weight;
        add(this.volume, `${this.dayOf(message.handedOverAt)}${SEPARATOR}${message.channel}`);
      }
      if (message.status !== 'suppressed' && message.status !== 'failed') continue;
      const rules = rulesOf(message.reason);
      for (const rule of rules.length > 0 ? rules : ['']) add(this.refusals, `${message.reason?.code ?? 'unknown'}${SEPARATOR}${rule}`);
    }
    add(this.byMessages, String(received));
    add(this.byWeight, String(weight));
    for (const { versionId, state } of person.enrollments) {
      const nodes = this.inside.get(versionId) ?? {};
      this.inside.set(versionId, nodes);
      add(nodes, state.waiting?.nodeId ?? 'entry');
    }
  }

  private journey({ journeyId, versionId }: { journeyId: string; versionId: string }): SimulationSummary['journeys'][number] {
    const passes = this.passes.get(versionId) ?? new Map<string, Counts>();
    const inside = this.inside.get(versionId) ?? {};
    const nodeIds = new Set([...passes.keys(), ...Object.keys(inside)].filter((nodeId) => nodeId !== 'entry'));
    return {
      journeyId, versionId, entered: passes.get('entry')?.[''] ?? 0, inside: Object.values(inside).reduce((sum, count) => sum + count, 0), endings: this.endings.get(versionId) ?? {},
      nodes: [...nodeIds].sort().map((nodeId) => ({ nodeId, passed: passes.get(nodeId) ?? {}, inside: inside[nodeId] ?? 0 })),
    };
  }

  summary(events: number, moments: number): Omit<SimulationSummary, 'wasInside'> {
    const pair = (key: string): [string, string] => {
      const [first = '', second = ''] = key.split(SEPARATOR);
      return [first, second];
    };
    const inOrder = (counts: Counts): Counts => Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
    const journeys = this.versions.map((version) => this.journey(version));
    return {
      customers: this.customers, events, moments, entered: journeys.reduce((sum, journey) => sum + journey.entered, 0), entriesRefused: inOrder(this.entriesRefused),
      volume: entriesOf(inOrder(this.volume), (key, messages) => ({ day: pair(key)[0], channel: pair(key)[1], messages })),
      messages: entriesOf(inOrder(this.statuses), (key, messages) => ({ channel: pair(key)[0], status: pair(key)[1], messages })),
      refusals: entriesOf(this.refusals, (key, messages) => ({ code: pair(key)[0], rule: pair(key)[1] || null, messages })).sort((a, b) => b.messages - a.messages || (a.code < b.code ? -1 : 1)),
      spread: {
        messages: entriesOf(this.byMessages, (key, customers) => ({ received: Number(key), customers })).sort((a, b) => a.received - b.received),
        weight: entriesOf(this.byWeight, (key, customers) => ({ weight: Number(key), customers })).sort((a, b) => a.weight - b.weight),
      },
      points: [...new Set([...Object.keys(this.given), ...Object.keys(this.taken)])].sort().map((programme) => ({ programme, given: this.given[programme] ?? 0, taken: this.taken[programme] ?? 0 })),
      vouchers: inOrder(this.vouchers), tasks: inOrder(this.tasks), journeys,
    };
  }
}
