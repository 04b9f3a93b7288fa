/** How the designer says things: the words of a language, and the names that people gave to what a journey refers to. */
import type { Duration } from '#domain/journeys/duration.ts';

/** The words of `canvas.json` in one language. */
export type Words = (key: string, values?: Record<string, string | number>) => string;

/** Keys to names; a key without a name is said as it is. Stores are found by their ids, as conditions name them, and by their keys, as the entry does. */
export type Names = { templates: Record<string, string>; offers: Record<string, string>; programmes: Record<string, string>; categories: Record<string, string>; stores: Record<string, string>; places: Record<string, string>; currency: string };
export type Speech = { words: Words; locale: string; names: Names };

export const NO_NAMES: Names = { templates: {}, offers: {}, programmes: {}, categories: {}, stores: {}, places: {}, currency: 'EUR' };

/** Events that have words of their own; `order.cancelled` is said by the words of `order_cancelled`. */
export const NAMED_EVENTS = [
  'purchase', 'return', 'place.visited', 'order.cancelled', 'customer.changed', 'relative.changed', 'contract.changed', 'consent.changed', 'points.posted', 'tier.changed', 'segment.entered', 'segment.left', 'score.changed', 'offer.granted', 'offer.refused', 'offer.redeemed',
  'pressure.policyChanged', 'journey.joined', 'message.sent', 'message.delivered', 'message.bounced', 'message.complained', 'message.failed', 'message.suppressed', 'message.unknown', 'message.opened', 'message.clicked', 'message.replied', 'store.opened', 'product.priceCut', 'product.backInStock', 'collection.launched', 'journey.date', 'journey.moment', 'task.closed', 'call.answered', 'callback.requested', 'http.answered',
] as const;

export const nameOf = (names: Record<string, string>, key: string): string => names[key] ?? key;
export const quoted = ({ words }: Speech, text: string): string => words('quoted', { text });

/** «a purchase», or the type itself between quotes. */
export function eventName({ words }: Speech, type: string): string {
  const named: readonly string[] = NAMED_EVENTS;
  return named.includes(type) ? words(`event.${type.replaceAll('.', '_')}`) : words('event.other', { type });
}

export const durationText = ({ words }: Speech, { amount, unit }: Duration): string => words(`duration.${unit}`, { amount });

/** Seconds in the largest unit that holds them whole. */
export function secondsText(speech: Speech, seconds: number): string {
  if (seconds % 86_400 === 0) return durationText(speech, { amount: seconds / 86_400, unit: 'calendarDays' });
  return seconds % 3_600 === 0 ? durationText(speech, { amount: seconds / 3_600, unit: 'hours' }) : durationText(speech, { amount: Math.round(seconds / 60), unit: 'minutes' });
}

/** «Monday, Tuesday or Friday». */
export const listText = (locale: string, parts: string[], type: 'conjunction' | 'disjunction'): string => new Intl.ListFormat(locale, { type }).format(parts);
