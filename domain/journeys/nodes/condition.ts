/** Splits by a condition on the customer, their history and the event in hand (§4.1). */
import { z } from 'zod';
import { Condition } from '#domain/audiences/condition.ts';
import { matchesCondition } from '#domain/audiences/matches.ts';
import { validateCondition } from '#domain/audiences/validate-condition.ts';
import { conditionSubject } from '#domain/enrollments/condition-subject.ts';
import { defineNodeKind, NO_COST } from '#domain/journeys/node-kind.ts';

export const ConditionSettings = z.strictObject({ condition: Condition });
export type ConditionSettings = z.infer<typeof ConditionSettings>;

export const conditionNode = defineNodeKind({
  kind: 'condition',
  family: 'decide',
  settings: ConditionSettings,
  defaults: (): ConditionSettings => ({ condition: { field: 'figures.purchases', is: 'atLeast', value: 1 } }),
  ports: () => ['yes', 'no'],
  validate: ({ condition }, { standing }) => validateCondition(condition, ['condition'], standing),
  needs: ({ condition }) => ({ conditions: [condition] }),
  waits: false,
  cost: NO_COST,
  step: ({ settings, facts, enrollment, at }) => ({
    kind: 'go',
    port: matchesCondition(settings.condition, conditionSubject(facts, enrollment.state.event, enrollment.state.variables), at) ? 'yes' : 'no',
  }),
});
