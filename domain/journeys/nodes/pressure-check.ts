/** Asks the pressure ledger before a branch, and reserves for the next message of the category on it (§4.7). */
import { z } from 'zod';
import { CHANNELS } from '#domain/customers/channels.ts';
import { decidePressure } from '#domain/pressure/decide-pressure.ts';
import { explainRefusal } from '#domain/pressure/explain-refusal.ts';
import { capSwitches, findCategory } from '#domain/pressure/category.ts';
import { defineNodeKind, keyThatIs, NO_COST } from '#domain/journeys/node-kind.ts';
import { ledgerEntryOf } from './send-message.ts';

export const PressureCheckSettings = z.strictObject({
  category: z.string().min(1),
  /** The channel that the message will leave by. */
  channel: z.enum(CHANNELS),
  priority: z.number().int().min(0).max(100).optional(),
});
export type PressureCheckSettings = z.infer<typeof PressureCheckSettings>;

export const pressureCheckNode = defineNodeKind({
  kind: 'pressureCheck',
  family: 'decide',
  settings: PressureCheckSettings,
  defaults: (references): PressureCheckSettings => ({ category: keyThatIs(references?.categories, 'promotion'), channel: 'email' }),
  ports: () => ['passes', 'capped'],
  canFail: true,
  validate: ({ category }, { categories }) =>
    categories && !categories.has(category)
      ? [{ code: 'reference.category', message: `The pressure policy has no category «${category}».`, path: ['category'] }]
      : [],
  waits: false,
  heldOutPort: 'passes',
  cost: NO_COST,
  step: (input) => {
    const { settings, rules, facts, now, nodeId } = input;
    const category = findCategory(rules.policy, settings.category);
    if (!category) return { kind: 'fail', reason: { code: 'category.unknown', figures: { category: settings.category } } };
    const entry = ledgerEntryOf(input, { channel: settings.channel, category, priority: settings.priority, at: now, dueAt: now, reservedBy: nodeId });
    const decision = decidePressure({ policy: rules.policy, ledger: facts.pressure, candidate: { ...entry, ignoresCap: capSwitches(category).ignoresCap }, at: now, zone: facts.zone });
    if (decision.kind === 'capped') {
      return { kind: 'go', port: 'capped', detail: { refusals: decision.refusals.map(explainRefusal), freeAt: decision.freeAt } };
    }
    return { kind: 'go', port: 'passes', effects: [{ kind: 'reserve', entry }], detail: { counted: decision.counted } };
  },
});
