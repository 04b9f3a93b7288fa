/** Stage 2 hands these to the kernel: an accepted event of one customer, in the order of its number (§1.8). */
import { z } from 'zod';
import { Condition } from '#domain/audiences/condition.ts';
import type { Instant } from '#domain/shared/time.ts';

export type CustomerEvent = {
  id: string;
  no: number;
  type: string;
  source: 'merchant' | 'system';
  occurredAt: Instant;
  acceptedAt: Instant;
  storeId: string | null;
  historical: boolean;
  properties: Record<string, unknown>;
  /** How many events of our own lie between this one and the merchant's. */
  depth: number;
};

/** Which events count: one type and, when given, a condition on `event.*` and on the customer. */
export const EventMatcher = z.strictObject({ type: z.string().min(1).max(120), where: Condition.optional() });
export type EventMatcher = z.infer<typeof EventMatcher>;

/** An event caused by events ten times over enters nothing more. */
export const MAXIMUM_EVENT_DEPTH = 10;

/** Types that only the product itself writes. */
export const SYSTEM_EVENT_TYPES = [
  'customer.created', 'customer.changed', 'relative.changed', 'contract.changed', 'consent.changed', 'points.posted', 'tier.changed', 'segment.entered', 'segment.left', 'score.changed',
  'offer.granted', 'offer.refused', 'offer.redeemed', 'pressure.policyChanged', 'journey.joined',
  'message.sent', 'message.delivered', 'message.bounced', 'message.complained', 'message.failed', 'message.suppressed',
  'message.unknown', 'message.opened', 'message.clicked', 'message.replied', 'task.closed', 'call.answered', 'http.answered',
] as const;
/** Events of the brand that have a name (§1.9): stores and products post the first three themselves. */
export const BUSINESS_EVENT_TYPES = ['store.opened', 'product.backInStock', 'product.priceCut', 'collection.launched'] as const;
export type SystemEventType = (typeof SYSTEM_EVENT_TYPES)[number];

/** What is posted as history enters nothing (§1.11), and still makes known who is there and which dates lie ahead. */
export const MAKES_KNOWN: ReadonlySet<string> = new Set(['customer.created', 'customer.changed']);
