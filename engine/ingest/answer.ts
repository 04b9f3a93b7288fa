/** What the sender of an event is told; kept with its key, so that the same event gets the same answer for ever. */
import type { LoyaltyAnswer } from '#domain/loyalty/till.ts';
import type { Problem } from '#domain/shared/result.ts';

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
