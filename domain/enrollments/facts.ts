/**
 * All that one customer's burst may know. The engine loads it, the simulator invents it, and `applyEffects` carries each
 * effect back into it before the next step is decided, so that five journeys on one purchase share one cap.
 */
import type { StoreSenders } from '#domain/messages/choose-sender.ts';
import type { EventFact, VoucherFact } from '#domain/audiences/matches.ts';
import type { Standing } from '#domain/audiences/standing.ts';
import type { Consent, ConsentPolicy } from '#domain/customers/consent.ts';
import type { Contract } from '#domain/customers/contracts.ts';
import type { CustomerFigures } from '#domain/customers/figures.ts';
import type { CustomerProfile } from '#domain/customers/profile.ts';
import type { Relative } from '#domain/customers/relatives.ts';
import type { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import type { Offer } from '#domain/offers/offer.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import type { Instant } from '#domain/shared/time.ts';

export type CustomerFacts = {
  customerId: string;
  /** When they became a customer. */
  createdAt: Instant;
  profile: CustomerProfile;
  figures: CustomerFigures;
  /** The zone chain's answer (§3.3) and which link gave it. */
  zone: string;
  zoneSource: string;
  /** Whether an address exists on the channel and is not suppressed; the reason when it is not usable. `refusedAt`: when somebody last said no on the phone. */
  reachable: Record<string, { ok: true; refusedAt?: Instant } | { ok: false; reason: string }>;
  consents: Consent[];
  relatives: Relative[];
  contracts: Contract[];
  balances: Record<string, number>;
  vouchers: VoucherFact[];
  pressure: LedgerEntry[];
  history: EventFact[];
  /** Segments, scores and tiers; absent where nobody reckons them. */
  standing?: Standing;
};

/** What many customers share: locked by the engine in (kind, id) order when an effect or an entry may use it up. */
export type SharedFacts = {
  offerStock: Record<string, number | null>;
  /** Of journeys with a cap on entries, how many each window has taken in, by `entryCountKey`; a window that is absent has taken in nobody. */
  entryCounts: Record<string, number>;
};

/** What holds for the whole workspace during a burst. */
export type WorkspaceRules = {
  workspaceId: string;
  timeZone: string;
  country: string;
  language: string;
  sender: string;
  consentPolicy: ConsentPolicy;
  policy: PressurePolicy;
  programmes: LoyaltyProgramme[];
  offers: Record<string, Offer>;
  /** The winners of splits that are decided, by journey and node, each since the instant of its decision (§4.2). */
  winners?: Record<string, { branch: string; since: Instant }>;
  /** The keys of stores by their ids, by which journeys name them. */
  storeKeys?: Readonly<Record<string, string>>;
  /** In whose name stores speak, by store id: those that have a sender of their own. */
  storeSenders?: Readonly<Record<string, StoreSenders>>;
};
