/**
 * Stage 1 of a simulation: posted events are parsed, given to their customers, and bought and returned at the till, as ingest does. None of it depends on
 * journeys, so it happens before the clock runs; what comes out are each customer's arrivals, one per instant, in their order.
 */
import { canonicalBody } from '#domain/events/canonical-body.ts';
import { chooseCustomer, type Identifier } from '#domain/customers/identifiers.ts';
import { CustomerFigures } from '#domain/customers/figures.ts';
import { CustomerProfile, type ProfileChange } from '#domain/customers/profile.ts';
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import type { EventSchema } from '#domain/events/event-schema.ts';
import { parseEvent, type ParsedEvent } from '#domain/events/parse-event.ts';
import type { Transfer } from '#domain/loyalty/ledger.ts';
import { spanOf, Till } from '#domain/loyalty/till.ts';
import type { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import type { Problem } from '#domain/shared/result.ts';
import { stableHash } from '#domain/shared/stable-hash.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { SimulatedCustomer } from './person.ts';
import type { SimulatedLine } from './simulated-line.ts';

/** An event as a merchant posts it, and the instant at which it is accepted. */
export type SimulatedEvent = { acceptedAt: Instant; input: unknown };

/** All that one instant brings one customer. `figures` are those after it, null when they stay. */
export type Arrival = {
  at: Instant;
  events: Omit<CustomerEvent, 'no'>[];
  figures: CustomerFigures | null;
  transfers: { transfer: Transfer; historical: boolean }[];
  profileChanges: { change: ProfileChange; historical: boolean }[];
  addresses: Identifier[];
  /** For each new phone of somebody known before, whether history gave it. */
  phones: boolean[];
  /** The customer was not known before; what told of them may be history. */
  creates: { historical: boolean } | null;
};

export type TakeInInput = {
  customers: readonly SimulatedCustomer[];
  events: readonly SimulatedEvent[];
  programmes: readonly LoyaltyProgramme[];
  /** By external id; null when stores are not known, and then any is taken. */
  stores: ReadonlyMap<string, { id: string; zone: string }> | null;
  /** What was agreed about the events of a type; absent where nothing was. */
  schemas?: ReadonlyMap<string, EventSchema> | undefined;
  currency: string;
  country: string;
  timeZone: string;
  /** What is accepted before is history: it earns and is remembered, and enters nothing. */
  from: Instant;
  /** What is accepted after is left out. */
  to: Instant;
};

export type TakenIn = { customers: SimulatedCustomer[]; arrivals: Map<string, Arrival[]>; taken: number };

const nameOf = ({ kind, value }: Identifier): string => `${kind} ${value}`;

const emptyCustomer = (id: string): SimulatedCustomer => ({
  id, identifiers: [], profile: CustomerProfile.parse({}), figures: CustomerFigures.parse({}), consents: [], balances: {}, vouchers: [], pressure: [], history: [], register: [], stopped: {},
});

class Intake {
  readonly customers = new Map<string, SimulatedCustomer>();
  readonly arrivals = new Map<string, Arrival[]>();
  taken = 0;
  private readonly owners = new Map<string, string>();
  private readonly till: Till;
  /** Their hashes: of a million events the bodies themselves would be a hundred megabytes. */
  private readonly bodies = new Map<string, number>();
  private made = 0;

  constructor(private readonly input: TakeInInput, private readonly say: (line: SimulatedLine) => void, private readonly newEventId: () => string) {
    this.till = new Till({ programmes: input.programmes, timeZone: input.timeZone }, new Map());
    for (const customer of input.customers) {
      this.customers.set(customer.id, customer);
      this.till.knowFigures(customer.id, customer.figures);
      for (const identifier of customer.identifiers) this.owners.set(nameOf(identifier), customer.id);
    }
  }

  private arrivalOf(customerId: string, at: Instant): Arrival {
    const mine = this.arrivals.get(customerId) ?? [];
    this.arrivals.set(customerId, mine);
    const last = mine.at(-1);
    if (last?.at === at) return last;
    const arrival: Arrival = { at, events: [], figures: null, transfers: [], profileChanges: [], addresses: [], phones: [], creates: null };
    mine.push(arrival);
    return arrival;
  }

  /** Whom an event is about: an unknown person with an identifier is made, and what identifiers are new are theirs. Undefined for one of our ids that nobody has. */
  private nameCustomer(event: ParsedEvent, at: Instant, historical: boolean): string | null | undefined {
    if (event.customerId !== null && !this.customers.has(event.customerId)) return undefined;
    const found = event.identifiers.flatMap((identifier) => {
      const customerId = this.owners.get(nameOf(identifier));
      return customerId ? [{ kind: identifier.kind, customerId }] : [];
    });
    let owner = event.customerId ?? chooseCustomer(found).customerId;
    if (owner === null && event.identifiers.length === 0) return event.body?.kind === 'return' ? this.till.ownerOf(event.body.back.orderId) : null;
    if (owner === null) {
      owner = `new-${String((this.made += 1)).padStart(8, '0')}`;
      this.customers.set(owner, emptyCustomer(owner));
      this.till.knowFigures(owner, CustomerFigures.parse({}));
      this.arrivalOf(owner, at).creates = { historical };
    }
    const arrival = this.arrivals.get(owner)?.at(-1);
    if (arrival?.at === at && arrival.creates && !historical) arrival.creates.historical = false;
    for (const identifier of event.identifiers) {
      if (this.owners.has(nameOf(identifier))) continue;
      this.owners.set(nameOf(identifier), owner);
      const mine = this.arrivalOf(owner, at);
      mine.addresses.push(identifier);
      if (identifier.kind === 'phone' && !mine.creates) mine.phones.push(historical);
    }
    return owner;
  }

  private isRepeat(id: string, input: unknown): 'no' | 'same' | 'other' {
    const body = stableHash('body', canonicalBody(input));
    const known = this.bodies.get(id);
    if (known === undefined) this.bodies.set(id, body);
    return known === undefined ? 'no' : known === body ? 'same' : 'other';
  }

  take({ acceptedAt: at, input }: SimulatedEvent, index: number): void {
    const { currency, country, stores, schemas, from } = this.input;
    const refuse = (outcome: 'rejected' | 'quarantined' | 'duplicate', id: string | null, problems: Problem[]): void =>
      this.say({ kind: 'event', at, customerId: null, index, id, eventId: null, outcome, problems });
    const parsed = parseEvent(input, { now: at, currency, country, closedTypes: null, ...(schemas && { schemas }) });
    if (parsed.outcome === 'rejected') return refuse('rejected', parsed.id, parsed.problems);
    const { event } = parsed;
    const repeat = this.isRepeat(event.id, input);
    if (repeat === 'same') return refuse('duplicate', event.id, []);
    if (repeat === 'other') return refuse('rejected', event.id, [{ code: 'event.conflict', message: 'Another event was sent under this id: give each event its own.', path: ['id'] }]);
    if (parsed.outcome === 'quarantined') return refuse('quarantined', event.id, parsed.problems);
    const store = event.store === null ? null : stores === null ? { id: event.store, zone: null } : (stores.get(event.store) ?? undefined);
    if (store === undefined) return refuse('quarantined', event.id, [{ code: 'store.unknown', message: `There is no store «${event.store}».`, path: ['store'] }]);
    const historical = event.historical || at < from;
    const customerId = this.nameCustomer(event, at, historical);
    if (customerId === undefined) return refuse('rejected', event.id, [{ code: 'customer.unknown', message: 'No customer has this id.', path: ['customer', 'id'] }]);
    const uuid = this.newEventId();
    const refusal = this.ring({ event, uuid, customerId, zone: store?.zone ?? null }, historical, at);
    if (refusal) return refuse('quarantined', event.id, [refusal]);
    this.taken += 1;
    this.say({ kind: 'event', at, customerId, index, id: event.id, eventId: uuid, outcome: 'accepted', problems: [] });
    if (customerId === null) return;
    const arrival = this.arrivalOf(customerId, at);
    arrival.events.push({ id: uuid, type: event.type, source: 'merchant', occurredAt: event.occurredAt, acceptedAt: at, storeId: store?.id ?? null, historical, properties: event.properties, depth: 0 });
    if (event.profile) arrival.profileChanges.push({ change: event.profile, historical });
  }

  /** Rings up a purchase or takes a return back; what it changes arrives at whoever it concerns. */
  private ring(taken: Parameters<Till['buy']>[0], historical: boolean, at: Instant): Problem | null {
    const { body } = taken.event;
    if (body === null) return null;
    const owner = body.kind === 'purchase' ? taken.customerId : this.till.ownerOf(body.back.orderId);
    if (body.kind === 'purchase') this.till.buy(taken, body.purchase);
    else {
      this.till.bringBack(taken, body.back.orderId, (customerId, without) =>
        spanOf(this.till.standing(customerId).filter((order) => order.orderId !== without).map((order) => order.occurredAt)), this.customers);
    }
    const posted = this.till.takePosted();
    const refusal = this.till.refusals.get(taken.uuid);
    if (refusal) return refusal;
    if (owner === null) return null;
    const arrival = this.arrivalOf(owner, at);
    arrival.figures = this.till.figuresOf(owner) ?? null;
    for (const transfer of posted) arrival.transfers.push({ transfer, historical });
    return null;
  }
}

/** Takes the events in by the instant of their acceptance, those of one instant in the order given. People nobody knew are customers afterwards. */
export function takeInEvents(input: TakeInInput, say: (line: SimulatedLine) => void, newEventId: () => string): TakenIn {
  const intake = new Intake(input, say, newEventId);
  const inOrder = input.events.map((event, index) => ({ event, index })).filter(({ event }) => event.acceptedAt <= input.to);
  inOrder.sort((a, b) => a.event.acceptedAt - b.event.acceptedAt || a.index - b.index);
  for (const { event, index } of inOrder) intake.take(event, index);
  return { customers: [...intake.customers.values()], arrivals: intake.arrivals, taken: intake.taken };
}
