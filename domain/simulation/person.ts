/** One customer of a simulation: what the database would hold of them between two bursts, in memory, changed in place. */
import type { EventFact, VoucherFact } from '#domain/audiences/matches.ts';
import { CHANNEL_FACTS, perChannel, type AddressKind, type Channel } from '#domain/customers/channels.ts';
import type { Consent } from '#domain/customers/consent.ts';
import type { Contract } from '#domain/customers/contracts.ts';
import { postalAddress } from '#domain/customers/postal-address.ts';
import { customerZone } from '#domain/customers/customer-zone.ts';
import type { CustomerFigures } from '#domain/customers/figures.ts';
import type { Identifier } from '#domain/customers/identifiers.ts';
import type { CustomerProfile } from '#domain/customers/profile.ts';
import type { Relative } from '#domain/customers/relatives.ts';
import type { Alarm } from '#domain/enrollments/alarm.ts';
import type { RegisterLine } from '#domain/enrollments/decide-entry.ts';
import type { PlannedMessage, Reason } from '#domain/enrollments/effects.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import { EnrollmentState, type Enrollment } from '#domain/enrollments/state.ts';
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import type { MessageStatus } from '#domain/messages/delivery-status.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { ledgerReachSeconds } from '#domain/pressure/policy.ts';
import type { PlannedRequest } from '#domain/requests/planned-request.ts';
import { SECOND_MS, type Instant } from '#domain/shared/time.ts';
import type { PlannedTask } from '#domain/tasks/task.ts';
import type { Arrival } from './take-in-events.ts';
import type { World } from './world.ts';

/** A customer as a run is given them. Identifiers are in their normal forms; of each consent only the one in force. */
export type SimulatedCustomer = {
  id: string;
  identifiers: Identifier[];
  profile: CustomerProfile;
  figures: CustomerFigures;
  consents: Consent[];
  balances: Record<string, number>;
  vouchers: VoucherFact[];
  pressure: LedgerEntry[];
  history: EventFact[];
  register: RegisterLine[];
  /** Where they are at the beginning, each in a version that the run knows. */
  enrollments?: Enrollment[] | undefined;
  /** Known of whoever comes from a database; a file need not say it. */
  createdAt?: Instant | undefined;
  relatives?: Relative[] | undefined;
  contracts?: Contract[] | undefined;
  /** Channels whose address must be left alone, with the reason. */
  stopped: Record<string, string>;
  /** The browsers in which they take notifications; how the push service of each behaves stands at the beginning of its name, as in a sandbox. */
  browsers?: readonly string[] | undefined;
  /** When they last refused a call on the phone. */
  callRefusedAt?: Instant;
};

/** A message with its place in the outbox, which it has left when `waits` is null. */
export type SimulatedMessage = PlannedMessage & {
  label: string;
  status: MessageStatus;
  reason: Reason | null;
  waits: { notBefore: Instant; heldBy: string | null } | null;
  address: string | null;
  handedOverAt: Instant | null;
  deliveredAt: Instant | null;
  openedAt: Instant | null;
  clickedAt: Instant | null;
};

/** What the vendor will tell of a message, and when it happened: a late report tells of something earlier. The two of a doubled report carry one id. */
export type Callback = { dueAt: Instant; happenedAt: Instant; eventId: string; kind: string; errorCode: number | null; messageKey: string };

export type Person = Omit<SimulatedCustomer, 'identifiers' | 'pressure' | 'enrollments' | 'browsers'> & {
  browsers: readonly string[];
  /** The newest address of each kind; where post goes follows from the profile, and a notification goes to the customer, in whichever browsers they have. */
  addresses: Record<Exclude<AddressKind, 'postal' | 'browser'>, string | null>;
  ledger: Map<string, LedgerEntry>;
  enrollments: Enrollment[];
  alarms: Alarm[];
  /** Not yet folded, by number. */
  pending: CustomerEvent[];
  lastNo: number;
  messages: Map<string, SimulatedMessage>;
  callbacks: Callback[];
  /** Requests that have not left yet, in their order. */
  requests: { request: PlannedRequest; depth: number }[];
  /** Open tasks and calls, by key. */
  tasks: Map<string, PlannedTask>;
  heard: Set<string>;
  arrivals: Arrival[];
  /** Of those, how many have been taken in. */
  arrived: number;
  zone: { of: CustomerProfile; phone: string | null; zone: string; source: string } | null;
};

/** The customer before anything happens; what they are given is never changed. */
export function openPerson(customer: SimulatedCustomer, arrivals: Arrival[]): Person {
  const { identifiers, pressure, enrollments = [], ...rest } = customer;
  const newest = (kind: Identifier['kind']): string | null => identifiers.find((identifier) => identifier.kind === kind)?.value ?? null;
  return {
    ...rest, consents: [...rest.consents], balances: { ...rest.balances }, vouchers: [...rest.vouchers], history: [...rest.history],
    register: rest.register.map((line) => ({ ...line })), stopped: { ...rest.stopped },
    addresses: { email: newest('email'), phone: newest('phone') }, browsers: [...(customer.browsers ?? [])], ledger: new Map(pressure.map((entry) => [entry.messageKey, entry])),
    enrollments: enrollments.map((enrollment) => ({ ...enrollment, state: EnrollmentState.parse(JSON.parse(JSON.stringify(enrollment.state))) })), alarms: [], pending: [], lastNo: 0, messages: new Map(), callbacks: [], requests: [], tasks: new Map(), heard: new Set(), arrivals, arrived: 0, zone: null,
  };
}

/** Where a message of this channel would go. */
export function addressOf({ rules }: World, { id, addresses, browsers, profile }: Person, channel: Channel): string | null {
  const kind = CHANNEL_FACTS[channel].address;
  if (kind === 'browser') return browsers.length > 0 ? id : null;
  return kind === 'postal' ? postalAddress(profile, rules.country) : addresses[kind];
}

function reachability(address: string | null, stopped: string | undefined, refusedAt: Instant | undefined): CustomerFacts['reachable'][string] {
  if (!address) return { ok: false, reason: 'noAddress' };
  return stopped ? { ok: false, reason: stopped } : { ok: true, ...(refusedAt !== undefined && { refusedAt }) };
}

/** The chain of §3.3, asked again only when the profile or the number has changed. */
function zoneOf(world: World, person: Person): { zone: string; source: string } {
  const { profile, addresses: { phone } } = person;
  if (person.zone?.of !== profile || person.zone.phone !== phone) {
    const storeZone = profile.storeId ? (world.storeZones.get(profile.storeId) ?? null) : null;
    person.zone = { of: profile, phone, ...customerZone({ profile, phone, storeZone, workspaceZone: world.rules.timeZone }) };
  }
  return person.zone;
}

/** The facts at `now`, as a burst or the dispatcher would load them. `history` is the person's own list. */
export function factsOf(world: World, person: Person, now: Instant): CustomerFacts {
  const { zone, source } = zoneOf(world, person);
  const since = now - ledgerReachSeconds(world.rules.policy) * SECOND_MS;
  for (const [key, entry] of person.ledger) if (entry.at < since) person.ledger.delete(key);
  return {
    customerId: person.id, createdAt: person.createdAt ?? now, relatives: person.relatives ?? [], contracts: person.contracts ?? [],
    profile: person.profile, figures: person.figures, zone, zoneSource: source,
    reachable: perChannel((channel) => reachability(addressOf(world, person, channel), person.stopped[channel], channel === 'call' ? person.callRefusedAt : undefined)),
    consents: person.consents, balances: { ...person.balances }, vouchers: [...person.vouchers], pressure: [...person.ledger.values()], history: person.history,
  };
}

/** Puts an entry in the place of what the ledger held for its message; one that does not count is taken out (§5.9). */
export function putEntry(person: Person, entry: LedgerEntry): void {
  if (entry.counts) person.ledger.set(entry.messageKey, entry);
  else person.ledger.delete(entry.messageKey);
}

/** Takes out what will never be sent (§5.12); what pressure holds is looked at again (§5.18). */
export function releaseEntries(person: Person, messageKeys: readonly string[], now: Instant): void {
  const released = messageKeys.map((key) => person.ledger.delete(key)).some((was) => was);
  if (!released) return;
  for (const { waits } of person.messages.values()) if (waits?.heldBy === 'pressure') waits.notBefore = Math.min(waits.notBefore, now);
}
