/** How many customers a journey takes in at most, ever or within an hour, a day or a week of the workspace's calendar (§1.6). */
import { z } from 'zod';
import { localTime, type Instant } from '#domain/shared/time.ts';

export const CAP_UNITS = ['ever', 'hour', 'day', 'week'] as const;
export const EntryCap = z.strictObject({ maximum: z.number().int().min(1).max(10_000_000), per: z.enum(CAP_UNITS) });
export type EntryCap = z.infer<typeof EntryCap>;

/** When the window began in which an entry at `at` counts. Weeks begin on Monday; «ever» has one window only. */
export function capWindow({ per }: Pick<EntryCap, 'per'>, at: Instant, zone: string): Instant {
  if (per === 'ever') return 0;
  const local = localTime(at, zone);
  if (per === 'hour') return local.round({ smallestUnit: 'hour', roundingMode: 'floor' }).epochMilliseconds;
  const day = per === 'day' ? local : local.subtract({ days: local.dayOfWeek - 1 });
  return day.startOfDay().epochMilliseconds;
}

/** Under this key the entries of a journey's window are counted among what many customers share. */
export const entryCountKey = (journeyId: string, window: Instant): string => `${journeyId} ${window}`;
