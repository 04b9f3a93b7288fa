/** Which message a purchase is attributed to (§12.9). Attributed is not caused: a control group says what would have been bought anyway. */
import { z } from 'zod';
import { DAY_MS, type Instant } from '#domain/shared/time.ts';

/** For how many days after its hand-over a message may claim a purchase. */
export const AttributionWindows = z.strictObject({ emailDays: z.number().int().min(0).max(90).default(14), smsDays: z.number().int().min(0).max(90).default(3) });
export type AttributionWindows = z.infer<typeof AttributionWindows>;

export type SentMessage = { id: string; channel: string; handedOverAt: Instant };
export type Sale = { eventId: string; occurredAt: Instant; amountMinor: number };

const windowMs = (channel: string, { emailDays, smsDays }: AttributionWindows): number => (channel === 'email' ? emailDays : smsDays) * DAY_MS;

/**
 * The sales of one customer, each with the last message before it whose window still holds it, over all journeys; null when there is none, so that no sale counts
 * twice. Channels other than e-mail have the window of SMS. Messages of the very instant of a sale came before it; of two at one instant the greater id.
 */
export function attribute<M extends SentMessage, S extends Sale>(sales: readonly S[], messages: readonly M[], windows: AttributionWindows): { sale: S; message: M | null }[] {
  const ordered = [...messages].sort((a, b) => b.handedOverAt - a.handedOverAt || (a.id < b.id ? 1 : -1));
  return sales.map((sale) => ({
    sale,
    message: ordered.find(({ channel, handedOverAt }) => handedOverAt <= sale.occurredAt && sale.occurredAt - handedOverAt < windowMs(channel, windows)) ?? null,
  }));
}
