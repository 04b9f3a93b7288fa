/**
 * One instant of one customer, in the order that a sandbox's standing clock keeps: what arrives, then bursts until nothing is due, then messages leave,
 * channel after channel, then requests are answered, then vendors report; each may bring the one before it about again.
 */
import { CHANNELS } from '#domain/customers/channels.ts';
import { changeProfile } from '#domain/customers/profile.ts';
import { changeOfBalance } from '#domain/loyalty/ledger.ts';
import { invariant } from '#domain/shared/invariant.ts';
import type { Instant } from '#domain/shared/time.ts';
import { answerRequest } from './answer-request.ts';
import { advancePerson, isDue, postTransfer } from './advance-person.ts';
import { handOver } from './hand-over.ts';
import { hearBack } from './hear-back.ts';
import type { Person } from './person.ts';
import { tellEvent, type World } from './world.ts';

/** More turns than any customer needs within one instant. */
const MAXIMUM_TURNS = 10_000;

/** The next instant at which something happens to the customer; null when nothing does any more. */
export function nextMoment(person: Person): Instant | null {
  let next = person.arrivals[person.arrived]?.at ?? Infinity;
  for (const { state } of person.enrollments) next = Math.min(next, state.waiting?.wakeAt ?? Infinity);
  for (const { dueAt } of person.alarms) next = Math.min(next, dueAt ?? Infinity);
  for (const { waits } of person.messages.values()) next = Math.min(next, waits?.notBefore ?? Infinity);
  for (const { dueAt } of person.callbacks) next = Math.min(next, dueAt);
  return next === Infinity ? null : next;
}

/** What the till, the shop and the website say, numbered before what the product itself says of it, as ingest does. */
function arrive(world: World, person: Person, now: Instant): void {
  const arrival = person.arrivals[person.arrived];
  if (!arrival || arrival.at > now) return;
  person.arrived += 1;
  for (const { kind, value } of arrival.addresses) {
    if (kind === 'email' || kind === 'phone') person.addresses[kind] = value;
  }
  for (const { transfer } of arrival.transfers) postTransfer(world, person, transfer);
  if (arrival.figures) person.figures = arrival.figures;
  for (const event of arrival.events) person.pending.push({ ...event, no: (person.lastNo += 1) });
  if (arrival.creates) person.createdAt = now;
  const { profileChanges: changes, phones } = arrival;
  if (changes.length > 0 || phones.length > 0) {
    if (changes.length > 0) person.profile = changes.map(({ change }) => change).reduce(changeProfile, person.profile);
    const fields = [...new Set(changes.flatMap(({ change }) => Object.keys(change))), ...(phones.length > 0 ? ['phone'] : [])];
    tellEvent(world, person, { type: 'customer.changed', properties: { fields }, occurredAt: now, historical: [...phones, ...changes.map(({ historical }) => historical)].every((history) => history) }, now);
  }
  for (const { transfer, historical } of arrival.transfers) {
    const { programmeKey, kind, at } = transfer;
    tellEvent(world, person, { type: 'points.posted', occurredAt: at, historical, properties: { programme: programmeKey, amount: changeOfBalance(transfer), kind } }, now);
  }
  if (arrival.creates) tellEvent(world, person, { type: 'customer.created', properties: {}, occurredAt: now, historical: arrival.creates.historical }, now);
}

/** Does everything that is due at `now`. */
export function settlePerson(world: World, person: Person, now: Instant): void {
  arrive(world, person, now);
  for (let turns = 0; ; turns += 1) {
    invariant(turns < MAXIMUM_TURNS, `customer ${person.id} settles`);
    if (isDue(person, now)) advancePerson(world, person, now);
    else if (!CHANNELS.some((channel) => handOver(world, person, channel, now)) && !answerRequest(world, person, now) && !hearBack(world, person, now)) return;
  }
}
