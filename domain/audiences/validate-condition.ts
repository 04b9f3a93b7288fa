/** What the schema of a condition cannot say: fields that exist, operators that fit them, values that fit the operator, and a sane size. */
import type { Condition } from '#domain/audiences/condition.ts';
import { fieldType } from '#domain/audiences/fields.ts';
import { OPERATORS, operatorValueProblem } from '#domain/audiences/operators.ts';
import { NO_SOURCES, standingOf, type StandingSources } from '#domain/audiences/standing.ts';
import type { Problem } from '#domain/shared/result.ts';

const DEEPEST = 10;
type Path = (string | number)[];

/** Everything wrong with a condition that has the right shape, each with the path of the part; empty when it can run. Without `sources` the workspace has no segments, scores or tiers. */
export const validateCondition = (condition: Condition, path: Path = [], sources: StandingSources = NO_SOURCES): Problem[] => check(condition, path, { scope: 'subject', sources }, 0);

type Within = { scope: 'subject' | 'event'; sources: StandingSources };
const NO_SUCH = { segments: { code: 'condition.noSegment', noun: 'segment' }, scores: { code: 'condition.noScore', noun: 'score' }, tiers: { code: 'condition.noTier', noun: 'loyalty programme with tiers' } } as const;

function check(condition: Condition, path: Path, within: Within, depth: number): Problem[] {
  const { scope, sources } = within;
  if (depth > DEEPEST) return [{ code: 'condition.tooDeep', message: `Conditions nest at most ${DEEPEST} deep.`, path }];
  const list = (parts: Condition[], key: string): Problem[] =>
    parts.length === 0
      ? [{ code: 'condition.empty', message: `«${key}» needs at least one condition.`, path: [...path, key] }]
      : parts.flatMap((part, index) => check(part, [...path, key, index], within, depth + 1));
  if ('all' in condition) return list(condition.all, 'all');
  if ('any' in condition) return list(condition.any, 'any');
  if ('not' in condition) return check(condition.not, [...path, 'not'], within, depth + 1);
  if ('event' in condition) {
    if (scope === 'event') return [{ code: 'condition.eventInWhere', message: 'The «where» of an event tests its properties.*; it cannot count events.', path }];
    return condition.where ? check(condition.where, [...path, 'where'], { scope: 'event', sources }, depth + 1) : [];
  }
  const type = fieldType(condition.field, scope);
  if (type === null) {
    const hint = scope === 'event' ? 'Inside «where», fields begin with properties.' : 'Fields begin with customer., figures., consent., balance., event., enrollment., voucher., segment., score. or tier.';
    return [{ code: 'condition.field', message: `There is no field «${condition.field}». ${hint}`, path: [...path, 'field'] }];
  }
  const standing = standingOf(condition.field);
  if (standing && !sources[standing.of].has(standing.key)) {
    const { code, noun } = NO_SUCH[standing.of];
    return [{ code, message: `This workspace has no ${noun} «${standing.key}».`, path: [...path, 'field'] }];
  }
  const fits: readonly string[] = OPERATORS[condition.is].fields;
  if (!fits.includes(type)) {
    return [{ code: 'condition.operator', message: `«${condition.is}» does not apply to ${condition.field}, which is a ${type}.`, path: [...path, 'is'] }];
  }
  const wrong = operatorValueProblem(condition.is, condition.value);
  return wrong === null ? [] : [{ code: 'condition.value', message: `${wrong}.`, path: [...path, 'value'] }];
}
