/** What the schema of a condition cannot say: fields that exist, operators that fit them, values that fit the operator, and a sane size. */
import type { Condition } from '#domain/audiences/condition.ts';
import { fieldType } from '#domain/audiences/fields.ts';
import { OPERATORS, operatorValueProblem } from '#domain/audiences/operators.ts';
import type { Problem } from '#domain/shared/result.ts';

const DEEPEST = 10;
type Path = (string | number)[];

/** Everything wrong with a condition that has the right shape, each with the path of the part; empty when it can run. */
export const validateCondition = (condition: Condition, path: Path = []): Problem[] => check(condition, path, 'subject', 0);

function check(condition: Condition, path: Path, scope: 'subject' | 'event', depth: number): Problem[] {
  if (depth > DEEPEST) return [{ code: 'condition.tooDeep', message: `Conditions nest at most ${DEEPEST} deep.`, path }];
  const list = (parts: Condition[], key: string): Problem[] =>
    parts.length === 0
      ? [{ code: 'condition.empty', message: `«${key}» needs at least one condition.`, path: [...path, key] }]
      : parts.flatMap((part, index) => check(part, [...path, key, index], scope, depth + 1));
  if ('all' in condition) return list(condition.all, 'all');
  if ('any' in condition) return list(condition.any, 'any');
  if ('not' in condition) return check(condition.not, [...path, 'not'], scope, depth + 1);
  if ('event' in condition) {
    if (scope === 'event') return [{ code: 'condition.eventInWhere', message: 'The «where» of an event tests its properties.*; it cannot count events.', path }];
    return condition.where ? check(condition.where, [...path, 'where'], 'event', depth + 1) : [];
  }
  const type = fieldType(condition.field, scope);
  if (type === null) {
    const hint = scope === 'event' ? 'Inside «where», fields begin with properties.' : 'Fields begin with customer., figures., consent., balance., event., enrollment. or voucher.';
    return [{ code: 'condition.field', message: `There is no field «${condition.field}». ${hint}`, path: [...path, 'field'] }];
  }
  const fits: readonly string[] = OPERATORS[condition.is].fields;
  if (!fits.includes(type)) {
    return [{ code: 'condition.operator', message: `«${condition.is}» does not apply to ${condition.field}, which is a ${type}.`, path: [...path, 'is'] }];
  }
  const wrong = operatorValueProblem(condition.is, condition.value);
  return wrong === null ? [] : [{ code: 'condition.value', message: `${wrong}.`, path: [...path, 'value'] }];
}
