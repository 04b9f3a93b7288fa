/** A refusal as a code and figures, which the interface turns into a sentence in the reader's language: "3 of 3 this week: A, B, C" (§5.11). */
import type { LimitKind } from '#domain/pressure/bound-limit.ts';
import type { Refusal } from '#domain/pressure/decide-pressure.ts';
import type { Instant } from '#domain/shared/time.ts';

export type RefusalExplanation = {
  code: `pressure.${LimitKind}` | 'pressure.neverFits';
  figures: {
    rule: string;
    counted: number;
    own: number;
    maximum: number;
    /** A calendar unit, or null for a rolling window or an interval, whose length is in seconds beside it. */
    unit: string | null;
    seconds: number | null;
    from: Instant;
    to: Instant;
    filledBy: { label: string; at: Instant; channel: string; state: string }[];
    freedBy: Instant | null;
  };
};

/** The code says which kind of limit refused, or that the message alone is more than the maximum and no waiting helps; instants are epoch milliseconds. */
export function explainRefusal(refusal: Refusal): RefusalExplanation {
  const { rule, ruleName, limit, counted, own, maximum, window, from, to, filledBy, freedBy } = refusal;
  return {
    code: own > maximum ? 'pressure.neverFits' : `pressure.${limit}`,
    figures: {
      rule: ruleName ?? rule,
      counted, own, maximum,
      unit: window.kind === 'calendar' ? window.unit : null,
      seconds: window.kind === 'rolling' ? window.seconds : null,
      from, to, filledBy, freedBy,
    },
  };
}
