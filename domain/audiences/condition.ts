/**
 * A condition over a customer: what a marketer draws, stored as JSON (§4.1). The tree is closed under all, any and not; a leaf
 * compares one field or counts events of the customer's history. `validateCondition` says more than the schema can.
 */
import { z } from 'zod';
import { OPERATOR_NAMES, type Operator } from '#domain/audiences/operators.ts';

export type EventCount = { atLeast: number } | { atMost: number } | { exactly: number };
export type FieldCondition = { field: string; is: Operator; value?: unknown };
/** How often an event happened, in the last so many times 24 hours when `withinDays` is given. `where` tests `properties.*` of each. */
export type EventCondition = { event: string; where?: Condition | undefined; withinDays?: number | undefined; count: EventCount };
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | FieldCondition | EventCondition;

const Times = z.number().int().nonnegative();
const Nested: z.ZodType<Condition> = z.lazy(() => Condition);

export const Condition: z.ZodType<Condition> = z.union([
  z.strictObject({ all: z.array(Nested) }),
  z.strictObject({ any: z.array(Nested) }),
  z.strictObject({ not: Nested }),
  z.strictObject({ field: z.string().min(1).max(200), is: z.enum(OPERATOR_NAMES), value: z.unknown().optional() }),
  z.strictObject({
    event: z.string().min(1).max(100),
    where: Nested.optional(),
    withinDays: z.number().positive().max(36_525).optional(),
    count: z.union([z.strictObject({ atLeast: Times }), z.strictObject({ atMost: Times }), z.strictObject({ exactly: Times })]),
  }),
]).meta({ id: 'Condition', description: 'A condition over a customer, an event in hand and the history.' });
