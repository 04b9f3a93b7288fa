/** How an import reads its file, and what it may do with what it finds: chosen before it starts, kept with it. */
import { z } from 'zod';
import { KNOWN_POLICIES } from './known-policy.ts';
import { DATE_ORDERS, DECIMAL_MARKS } from './read-cell.ts';

const Text = z.string().trim().min(1).max(100);

export const ImportSettings = z.strictObject({
  dates: z.enum(DATE_ORDERS),
  decimal: z.enum(DECIMAL_MARKS),
  known: z.enum(KNOWN_POLICIES).default('update'),
  /** Whether what is brought in may start journeys. Without it everything enters as history, and nobody enters anything by it (§1.11). */
  startsJourneys: z.boolean().default(false),
  /** Of consents that name none: where they were given, by which wording, and on which day (`YYYY-MM-DD`). */
  consentSource: Text.optional(),
  consentWording: Text.optional(),
  consentAt: z.iso.date().optional(),
});
export type ImportSettings = z.infer<typeof ImportSettings>;
