/** The relatives of a customer: people who are no customers themselves, and whose dates a journey may begin with (§1.1). */
import { z } from 'zod';
import { IsoDate } from './profile.ts';

export const RELATIONS = ['spouse', 'child', 'parent', 'other'] as const;
export type Relation = (typeof RELATIONS)[number];

/** `relation` is what this person is to the customer. */
export const Relative = z.strictObject({ id: z.string(), relation: z.enum(RELATIONS), firstName: z.string().trim().min(1).max(200).optional(), birthDate: IsoDate.optional() });
export type Relative = z.infer<typeof Relative>;

/** A customer has no more of them than a card can show. */
export const MOST_RELATIVES = 30;
