/** Writes one attribute of the customer; what changed is an event when a live journey listens. */
import { z } from 'zod';
import { ProfileChange } from '#domain/customers/profile.ts';
import { isProfileField } from '#domain/enrollments/apply-effects.ts';
import { defineNodeKind, NO_COST } from '#domain/journeys/node-kind.ts';

export const SetAttributeSettings = z.strictObject({
  attribute: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,59}$/),
  value: z.union([z.string().max(500), z.number(), z.boolean(), z.null()]),
});
export type SetAttributeSettings = z.infer<typeof SetAttributeSettings>;

/** A field of the profile itself holds what the profile allows; null empties it. A free attribute holds anything. */
const fits = ({ attribute, value }: SetAttributeSettings): boolean => value === null || !isProfileField(attribute) || ProfileChange.safeParse({ [attribute]: value }).success;

export const setAttributeNode = defineNodeKind({
  kind: 'setAttribute',
  family: 'change',
  settings: SetAttributeSettings,
  defaults: (): SetAttributeSettings => ({ attribute: 'stage', value: 'welcomed' }),
  ports: () => ['next'],
  canFail: true,
  validate: (settings) => (fits(settings) ? [] : [{ code: 'attribute.invalid', message: `«${String(settings.value)}» is no ${settings.attribute} that a profile can hold.`, path: ['value'] }]),
  waits: false,
  cost: NO_COST,
  step: ({ settings }) => (fits(settings)
    ? { kind: 'go', port: 'next', effects: [{ kind: 'setAttribute', attribute: settings.attribute, value: settings.value }] }
    : { kind: 'fail', reason: { code: 'attribute.invalid', figures: { attribute: settings.attribute } } }),
});
