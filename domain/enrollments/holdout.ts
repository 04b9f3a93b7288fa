/**
 * Who is held out of a journey to measure it (§1.7): a stable hash of the customer and of the experiment, so the same customers are held out of every
 * journey that names the experiment, in production, in a simulation and after a restart.
 */
import { z } from 'zod';
import { stableHash } from '#domain/shared/stable-hash.ts';

/** `percent` of the customers who enter receive nothing. `experiment`: journeys that name the same one hold out the same customers. */
export const Holdout = z.strictObject({ percent: z.number().min(0.1).max(90), experiment: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'Use lower-case letters, digits and hyphens, for example spring-2027.') });
export type Holdout = z.infer<typeof Holdout>;

/** Whether this customer is held out of a journey with this entry; nobody is where there is no holdout. */
export const isHeldOut = ({ entry: { holdout } }: { entry: { holdout?: Holdout | undefined } }, customerId: string): boolean =>
  holdout !== undefined && stableHash('holdout', holdout.experiment, customerId) * 100 < holdout.percent;
