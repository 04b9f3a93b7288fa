/** Stage 3 of a simulation: one burst of one customer, decided by the same `advanceCustomer`; what the engine writes to tables is kept in memory. */
import { advanceCustomer, type AdvanceInput, type AdvanceResult } from '#domain/enrollments/advance-customer.ts';
import { keepAlarms } from '#domain/enrollments/alarm.ts';
import type { Effect, PlannedMessage, Reason } from '#domain/enrollments/effects.ts';
import { hasWork } from '#domain/enrollments/has-work.ts';
import { MAXIMUM_EVENT_DEPTH } from '#domain/events/customer-event.ts';
import { postingsOf, type Transfer } from '#domain/loyalty/ledger.ts';
import { findCategory } from '#domain/pressure/policy.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { PlannedTask } from '#domain/tasks/task.ts';
import { isTimed } from '#domain/journeys/trigger.ts';
import { factsOf, putEntry, releaseEntries, type Person, type SimulatedMessage } from './person.ts';
import { sayMessage, tellEvent, type World } from './world.ts';

/** Events of one customer that one burst takes at most, as in the engine. */
const MAXIMUM_EVENTS = 1_000;

/** Whether a burst is due: an event not yet folded, or a moment come. */
export const isDue = (person: Person, now: Instant): boolean =>
  person.pending.length > 0 || person.alarms.some(({ dueAt }) => dueAt !== null && dueAt <= now) || person.enrollments.some(({ state }) => state.waiting?.wakeAt != null && state.waiting.wakeAt <= now);

/** One burst at `now`. */
export function advancePerson(world: World, person: Person, now: Instant, commands: AdvanceInput['commands'] = []): void {
  const events = person.pending.splice(0, MAXIMUM_EVENTS).map((event) => ({ event }));
  const { plans, listens, rules, shared, newId } = world;
  world.splits?.hearEvents(person.id, events.map(({ event }) => event), () => factsOf(world, person, now));
  const asked = { plans, listens, enrollments: person.enrollments, register: person.register, alarms: person.alarms, events, commands, now };
  if (!hasWork(asked)) {
    for (const { event } of events) if (world.remembered.has(event.type)) person.history.push({ type: event.type, occurredAt: event.occurredAt, properties: event.properties });
    return;
  }
  const facts = factsOf(world, person, now);
  const result = advanceCustomer({ ...asked, facts, shared, rules, newId });
  person.history = person.history.filter(({ type }) => world.remembered.has(type));
  person.profile = facts.profile;
  keepEnrollments(person, result);
  person.alarms = keepAlarms(person.alarms, result.effects);
  for (const { kind: step, at, journeyId, versionId, enrollmentId, nodeId, visit, data } of result.traces) {
    world.say({ kind: 'trace', at, customerId: person.id, step, journeyId, versionId, enrollmentId, nodeId, visit, data });
  }
  world.splits?.hearTraces(person.id, result.traces.filter(({ enrollmentId }) => !result.enrollments.some(({ id, state }) => id === enrollmentId && state.heldOut)));
  world.countPasses(result.passes);
  carryOut(world, person, result.effects, now);
  withdraw(world, person, result.effects, now);
  for (const event of result.caused) tellEvent(world, person, { ...event, depth: Math.min(event.depth, MAXIMUM_EVENT_DEPTH) }, now);
}

/** What the worker does when a journey is published: whoever is there at the beginning has their next moments reckoned (§1.1). */
export function lookAhead(world: World, person: Person, from: Instant): void {
  const commands = [...world.plans.values()].flatMap(({ journeyId, takesEntries, journey }) => (takesEntries && isTimed(journey.entry.trigger) ? [{ kind: 'reckon' as const, journeyId, since: from }] : []));
  if (commands.length === 0) return;
  person.createdAt ??= from;
  advancePerson(world, person, from, commands);
}

function keepEnrollments(person: Person, { enrollments }: AdvanceResult): void {
  for (const enrollment of enrollments) {
    const { journeyId, entryKey, enteredAt, state } = enrollment;
    if (enrollment.burst === 0) {
      person.enrollments.push(enrollment);
      person.register.push({ journeyId, entryKey, enteredAt, endedAt: null });
    }
    enrollment.burst += 1;
    if (!state.ending) continue;
    const line = person.register.find((candidate) => candidate.journeyId === journeyId && candidate.entryKey === entryKey && candidate.endedAt === null);
    if (line) line.endedAt = state.ending.at;
  }
  person.enrollments = person.enrollments.filter(({ state }) => state.ending === null);
}

/** Moves points and says both postings. */
export function postTransfer(world: World, person: Person, transfer: Transfer): void {
  for (const { customerId, kind, at, ...posting } of postingsOf(transfer)) {
    if (customerId !== null) person.balances[posting.programmeKey] = (person.balances[posting.programmeKey] ?? 0) + posting.amount;
    world.say({ kind: 'posting', at, customerId: person.id, movement: kind, ...posting });
  }
}

function planMessage(world: World, person: Person, planned: PlannedMessage, status: 'queued' | 'held' | 'suppressed', reason: Reason | null, now: Instant): void {
  // Field by field: a spread of so many makes the slow kind of object, and a simulation makes millions of them.
  const { key, channel, category, templateKey, priority, plannedAt, dueAt, expiresAt, whenCapped, enrollmentId, journeyId, versionId, entryKey, nodeId, visit, lawful, event, variables } = planned;
  const message: SimulatedMessage = {
    key, channel, category, templateKey, priority, plannedAt, dueAt, expiresAt, whenCapped, enrollmentId, journeyId, versionId, entryKey, nodeId, visit, lawful, event, variables, label: world.plans.get(versionId)?.journey.name ?? category, status, reason,
    waits: status === 'suppressed' ? null : { notBefore: dueAt, heldBy: reason?.code ?? null },
    address: null, handedOverAt: null, deliveredAt: null, openedAt: null, clickedAt: null,
  };
  person.messages.set(message.key, message);
  sayMessage(world, person, message, now);
}

/** In the engine's order: messages and reservations, then releases; a withdrawal comes last of all. */
function carryOut(world: World, person: Person, effects: readonly Effect[], now: Instant): void {
  for (const effect of effects) {
    if (effect.kind === 'sendMessage') {
      planMessage(world, person, effect.message, effect.heldBy ? 'held' : 'queued', effect.heldBy, now);
      if (effect.entry) putEntry(person, { ...effect.entry, messageId: effect.message.key });
    } else if (effect.kind === 'refuseMessage') planMessage(world, person, effect.message, 'suppressed', effect.reason, now);
    else if (effect.kind === 'reserve') putEntry(person, effect.entry);
    else if (effect.kind === 'transfer') postTransfer(world, person, effect.transfer);
    else if (effect.kind === 'sendRequest') person.requests.push({ request: effect.request, depth: effect.depth });
    else if (effect.kind === 'createTask') {
      person.tasks.set(effect.task.key, effect.task);
      sayTask(world, person, effect.task, null, effect.task.createdAt);
    } else if (effect.kind === 'grantOffer') {
      const { offerKey, grantKey, at, validFrom, validUntil } = effect;
      person.vouchers.push({ offerKey, status: 'issued', validFrom, validUntil });
      world.say({ kind: 'voucher', at, customerId: person.id, offerKey, grantKey, validFrom, validUntil });
    }
  }
  releaseEntries(person, effects.flatMap((effect) => (effect.kind === 'release' ? [effect.messageKey] : [])), now);
}

/** `reason`: why it is withdrawn. */
function sayTask(world: World, person: Person, { key, kind, title, dueAt, from }: PlannedTask, reason: Reason | null, at: Instant): void {
  world.say({ kind: 'task', at, customerId: person.id, key, taskKind: kind, state: reason ? 'withdrawn' : 'open', title, dueAt, journeyId: from?.journeyId ?? null, nodeId: from?.nodeId ?? null, reason });
}

/** Withdraws what has not left of enrollments that ended otherwise than completed (§2.6), and says of what has by how much it came too late (§2.5). */
function withdraw(world: World, person: Person, effects: readonly Effect[], now: Instant): void {
  const reasons = new Map(effects.flatMap((effect) => (effect.kind === 'withdrawMessages' ? [[effect.enrollmentId, effect.reason] as const] : [])));
  if (reasons.size === 0) return;
  person.requests = person.requests.filter(({ request }) => !reasons.has(request.enrollmentId));
  for (const task of person.tasks.values()) {
    const reason = reasons.get(task.from?.enrollmentId ?? '');
    if (!reason) continue;
    person.tasks.delete(task.key);
    sayTask(world, person, task, reason, now);
  }
  const withdrawn: string[] = [];
  const gone = new Map<string, SimulatedMessage>();
  for (const message of person.messages.values()) {
    const reason = reasons.get(message.enrollmentId);
    if (!reason) continue;
    if (message.waits && !findCategory(world.rules.policy, message.category)?.transactional) {
      Object.assign(message, { status: 'suppressed', reason, waits: null });
      withdrawn.push(message.key);
      sayMessage(world, person, message, now);
    }
    if (message.handedOverAt !== null && message.handedOverAt >= (gone.get(message.enrollmentId)?.handedOverAt ?? -Infinity)) gone.set(message.enrollmentId, message);
  }
  releaseEntries(person, withdrawn, now);
  for (const { key, journeyId, versionId, enrollmentId, nodeId, visit, handedOverAt } of gone.values()) {
    world.say({
      kind: 'trace', at: now, customerId: person.id, step: 'alreadyHandedOver', journeyId, versionId, enrollmentId, nodeId, visit, data: { messageId: key, tooLateByMs: now - (handedOverAt ?? now) },
    });
  }
}
