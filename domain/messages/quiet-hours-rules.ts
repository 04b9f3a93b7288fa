/** When messages of a channel may leave for a country, as dated data with its source (§6.3). A workspace may configure rules of its own in the same form. */
import { z } from 'zod';
import { IsoDate } from '#domain/customers/profile.ts';

const TimeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of day is written 08:00; the end of the day is 24:00');
const Window = z.object({ from: TimeOfDay, until: TimeOfDay }).refine(({ from, until }) => from < until, 'a window ends after it begins, on the same day');

export const QuietHoursRule = z.object({
  key: z.string().min(1),
  channel: z.string().min(1),
  countries: z.array(z.string()).min(1),
  /** Days of the week on which messages may leave: 1 is Monday, 7 Sunday. */
  days: z.array(z.number().int().min(1).max(7)).min(1),
  /** Open hours of these days in the customer's zone, in order: from the first minute, up to and without the last. */
  windows: z.array(Window).min(1),
  /** The country whose public holidays are closed as a whole; null when they are open. */
  closedOnHolidaysOf: z.string().nullable(),
  /** First local date on which the rule holds, and the first on which it no longer does. */
  since: IsoDate.nullable(),
  until: IsoDate.nullable(),
  source: z.object({ title: z.string(), url: z.string(), checkedOn: IsoDate }),
});
export type QuietHoursRule = z.infer<typeof QuietHoursRule>;

export const FRANCE = ['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF'];

/** Marketing e-mail has no quiet hours by law in France, so no rule stands for it. Transactional messages are never held. */
export const QUIET_HOURS_RULES: readonly QuietHoursRule[] = [
  {
    key: 'fr.sms.marketing',
    channel: 'sms',
    countries: FRANCE,
    days: [1, 2, 3, 4, 5, 6],
    windows: [{ from: '08:00', until: '20:00' }],
    closedOnHolidaysOf: 'FR',
    since: null,
    until: null,
    source: {
      title: 'Practice of the French operators: no marketing SMS on Sundays, public holidays and at night. Vendors close between 20:00 and 22:00; the strict hour is the default',
      url: 'https://developers.brevo.com/reference/sendtransacsms',
      checkedOn: '2026-11-22',
    },
  },
  {
    key: 'fr.call.marketing',
    channel: 'call',
    countries: FRANCE,
    days: [1, 2, 3, 4, 5],
    windows: [{ from: '10:00', until: '13:00' }, { from: '14:00', until: '20:00' }],
    closedOnHolidaysOf: 'FR',
    since: '2023-03-01',
    until: null,
    source: {
      title: 'Décret n° 2022-1313 du 13 octobre 2022, article D. 223-9 of the consumer code',
      url: 'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000046421823',
      checkedOn: '2026-11-22',
    },
  },
];
