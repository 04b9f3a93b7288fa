/** What the database keeps of one customer's past, as a replay is given it (§12.1): plain values with their instants, and the facts whose past is not kept. */
import type { Consent } from '#domain/customers/consent.ts';
import type { CustomerFigures } from '#domain/customers/figures.ts';
import type { CustomerFacts, WorkspaceRules } from '#domain/enrollments/facts.ts';
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import type { Transfer } from '#domain/loyalty/ledger.ts';
import type { MessageStatus } from '#domain/messages/delivery-status.ts';
import type { Instant } from '#domain/shared/time.ts';

export const JOURNEY_STATES = ['live', 'paused', 'draining', 'stopped'] as const;
export type JourneyState = (typeof JOURNEY_STATES)[number];

/** A movement of points; `countsFrom` is when it was part of the balance: a purchase's when it was accepted, not when it was made. `eventId`: the purchase, or the return of an order, whoever brought it back. */
export type StoredMovement = { transferKey: string; programmeKey: string; amount: number; kind: Transfer['kind']; countsFrom: Instant; at: Instant; eventId: string | null; ofJourney: boolean };
export type StoredVoucher = { grantKey: string; offerKey: string; issuedAt: Instant; redeemedAt: Instant | null; validFrom: Instant; validUntil: Instant | null; ofJourney: boolean };
export type StoredMessage = { key: string; journeyId: string; nodeId: string; channel: string; category: string; status: MessageStatus; statusAt: Instant; plannedAt: Instant; handedOverAt: Instant | null; reasonCode: string | null };
/** `messageKey`: the message about which a vendor told. */
export type StoredConsent = Consent & { messageKey: string | null };
export type StoredTrace = { kind: string; at: Instant; journeyId: string | null; enrollmentId: string | null; nodeId: string | null; visit: number | null; data: Record<string, unknown> };
export type StoredEnrollment = { id: string; journeyId: string; entryKey: string; endedAt: Instant | null };

export type StoredHistory = {
  /** As they are now. Consents, points, vouchers, figures, pressure and history are put back to their instant; the rest is taken as it stands. */
  factsNow: CustomerFacts;
  rules: WorkspaceRules;
  /** In the order of their numbers. */
  events: CustomerEvent[];
  /** Returns of this customer's orders that came under another name or none, oldest first. */
  returnsByOthers: CustomerEvent[];
  /** External ids of stores by their ids. */
  storeNames: ReadonlyMap<string, string>;
  storeZones: ReadonlyMap<string, string>;
  currency: string;
  versions: { plan: Plan; publishedAt: Instant }[];
  states: { journeyId: string; at: Instant; state: JourneyState }[];
  /** Oldest first. */
  consents: StoredConsent[];
  /** Since when an address of a channel has been left alone. */
  stops: { channel: string; at: Instant }[];
  /** Since and until when they took notifications in a browser. */
  browsers: { since: Instant; goneAt: Instant | null }[];
  movements: StoredMovement[];
  vouchers: StoredVoucher[];
  messages: StoredMessage[];
  traces: StoredTrace[];
  enrollments: StoredEnrollment[];
  /** Offers with a limited stock: whether there was one left for this customer is taken from what they got. */
  limitedOffers: string[];
  until: Instant;
};

/** What a purchase or return changed: figures after the event of this number. */
export type FiguresAfter = { no: number; figures: CustomerFigures };
