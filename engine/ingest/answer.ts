/** What the sender of an event is told; kept with its key, so that the same event gets the same answer for ever. */
import type { EarnLine } from '#domain/loyalty/earn.ts';
import type { Problem } from '#domain/shared/result.ts';

export type LoyaltyAnswer = {
  programme: string;
  /** Points of this event: negative for a return. */
  points: number;
  balance: number;
  explanation: EarnLine[];
  next: { reward: string; missingPoints: number } | null;
};

export type IngestAnswer = {
  id: string | null;
  status: 'accepted' | 'duplicate' | 'quarantined' | 'rejected';
  /** The stored event's UUID. */
  eventId?: string;
  customerId?: string;
  problems?: Problem[];
  loyalty?: LoyaltyAnswer[];
  /** Why the event enters no journey, when that is known at once (§1.11). */
  entersNothing?: 'historical';
};
