/** The contracts of a customer: what runs from a day to another, or without an end, and whose dates a journey may begin with (§1.1). */
import { z } from 'zod';
import { IsoDate } from './profile.ts';

export const CONTRACT_STATUSES = ['active', 'ended'] as const;

/** `kind` is the merchant's own word, such as `maintenance`; `reference` their number of it. An ended one has no anniversary any more. */
export const Contract = z.strictObject({
  id: z.string(), kind: z.string().trim().min(1).max(60), reference: z.string().trim().min(1).max(120).optional(),
  startsOn: IsoDate, endsOn: IsoDate.optional(), status: z.enum(CONTRACT_STATUSES).default('active'),
});
export type Contract = z.infer<typeof Contract>;

/** A contract ends on the day of its start at the earliest. */
export const endsAfterStart = ({ startsOn, endsOn }: Pick<Contract, 'startsOn' | 'endsOn'>): boolean => endsOn === undefined || endsOn >= startsOn;

/** A customer has no more of them than a card can show. */
export const MOST_CONTRACTS = 100;
