/** Where a customer is met away from the till: behind a QR code, in an area, at a device. A visit can start a journey (§1.10). */
import { z } from 'zod';
import { CHANNELS } from '#domain/customers/channels.ts';
import type { Instant } from '#domain/shared/time.ts';
import { MINUTE_MS } from '#domain/shared/time.ts';
import type { Position } from './distance.ts';
import { metersBetween } from './distance.ts';

export const PLACE_KINDS = ['qr', 'place', 'device'] as const;
/** The poster of a store with which one joins is a place too; it is made with the store, and not by hand. */
export const ALL_PLACE_KINDS = [...PLACE_KINDS, 'join'] as const;
export type PlaceKind = (typeof ALL_PLACE_KINDS)[number];

/** The type of the event that a visit is. */
export const VISIT_EVENT = 'place.visited';
/** The type of the event that joining at a store is. */
export const JOIN_EVENT = 'store.joined';

/** A second scan within this time is the same visit: a double tap, a page that is loaded again. */
export const SAME_VISIT_MS = 10 * MINUTE_MS;

export const PositionIn = z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });

/** A circle on the ground, of at least ten meters: no phone knows better where it is. */
export const Area = z.strictObject({ ...PositionIn.shape, radiusMeters: z.number().int().min(10).max(50_000) });
export type Area = z.infer<typeof Area>;

export const PlaceInput = z.strictObject({
  name: z.string().trim().min(1).max(200),
  kind: z.enum(PLACE_KINDS),
  /** The store's own reference. */
  store: z.string().min(1).max(200).optional(),
  area: Area.optional(),
  /** What a passer-by reads above the form, by BCP 47 tag (§7.7). */
  invitation: z.record(z.string().min(2).max(35), z.string().max(500)).default({}),
  /** Channels for which the page asks for consent to marketing. */
  asksFor: z.array(z.enum(CHANNELS)).max(CHANNELS.length).default([]),
});
export type PlaceInput = z.infer<typeof PlaceInput>;

export type PositionRefusal = { code: 'location.noConsent' } | { code: 'location.outside' };

/**
 * Whether a device may say where the customer is: only with their consent to be located, and, where the place has an area, from inside of it.
 * Null when nothing stands against it. The exact position is looked at here and kept nowhere.
 */
export function refusePosition(position: Position | null, consents: boolean, area: Area | null): PositionRefusal | null {
  if (position === null) return null;
  if (!consents) return { code: 'location.noConsent' };
  return area !== null && metersBetween(position, area) > area.radiusMeters ? { code: 'location.outside' } : null;
}

/** Whether a visit at `at` is the one that was there at `last`. */
export const isSameVisit = (last: Instant | null, at: Instant): boolean => last !== null && Math.abs(at - last) < SAME_VISIT_MS;
