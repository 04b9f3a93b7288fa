/** Why a condition holds or does not: each of its comparisons with its own answer, for a person to read. */
import type { Condition, EventCondition, FieldCondition } from './condition.ts';
import { matchesCondition, readField, type ConditionSubject } from './matches.ts';
import type { Instant } from '#domain/shared/time.ts';

/** `value` is what was found, for a comparison of a field. */
export type ExplainedPart = { part: FieldCondition | EventCondition; holds: boolean; value?: unknown };

/** The comparisons of a condition in the order in which they are drawn, each by itself: what a «not» around it makes of it is not its own. */
export function explainCondition(condition: Condition, subject: ConditionSubject, at: Instant): ExplainedPart[] {
  if ('all' in condition) return condition.all.flatMap((part) => explainCondition(part, subject, at));
  if ('any' in condition) return condition.any.flatMap((part) => explainCondition(part, subject, at));
  if ('not' in condition) return explainCondition(condition.not, subject, at);
  const holds = matchesCondition(condition, subject, at);
  return ['event' in condition ? { part: condition, holds } : { part: condition, holds, value: readField(condition.field, subject, at) }];
}
