/**
 * Stage 4, dispatch, and every message node: when a message may leave. Outside quiet hours that is at once; inside, in the first open
 * minute of the customer's own day, spread over that minute so that a night's messages do not leave in one millisecond (§6.1).
 */
import { Temporal } from 'temporal-polyfill';
import { isPublicHoliday } from '#domain/messages/public-holidays.ts';
import { QUIET_HOURS_RULES, type QuietHoursRule } from '#domain/messages/quiet-hours-rules.ts';
import { invariant } from '#domain/shared/invariant.ts';
import { stableHash } from '#domain/shared/stable-hash.ts';
import { instantOf, localTime, MINUTE_MS, type Instant } from '#domain/shared/time.ts';

export type QuietHoursQuestion = {
  channel: string;
  transactional: boolean;
  /** ISO 3166-1 code of the country whose rules protect the customer. */
  country: string;
  zone: string;
  at: Instant;
  /** What the place within the first open minute depends on, such as the message's key; without it, its first millisecond. */
  spreadKey?: string;
  rules?: readonly QuietHoursRule[];
};
/** Why a message waits: the rule and what of it was closed at `at`, in the customer's zone. */
export type HeldByQuietHours = { rule: string; because: 'hour' | 'day' | 'holiday'; source: string };
export type QuietHoursAnswer = { at: Instant; heldBy: HeldByQuietHours | null };

/** No rule keeps a channel closed for longer than this; one that does is a mistake of its author. */
const LONGEST_CLOSURE_DAYS = 400;

/**
 * The first instant, not before `at`, that lies in no quiet hour of any rule in force. Exact over changes of daylight saving: an opening
 * that does not exist on that day is the next valid instant, one that exists twice the first (§3.4).
 */
export function nextOpenInstant(question: QuietHoursQuestion): QuietHoursAnswer {
  const { channel, transactional, country, zone, at, spreadKey, rules = QUIET_HOURS_RULES } = question;
  const applying = transactional ? [] : rules.filter((rule) => rule.channel === channel && rule.countries.includes(country));
  const closing = applying.find((rule) => openFrom(rule, at, zone) > at);
  if (!closing) return { at, heldBy: null };
  let open = openFrom(closing, at, zone);
  for (let rule: QuietHoursRule | undefined = closing; rule; rule = applying.find((other) => openFrom(other, open, zone) > open)) open = openFrom(rule, open, zone);
  const within = spreadKey === undefined ? 0 : spread(spreadKey, MINUTE_MS);
  const heldBy = { rule: closing.key, because: whyClosed(closing, localTime(at, zone).toPlainDate()), source: closing.source.url };
  return { at: open + within, heldBy };
}

/** A whole number of milliseconds in [0, windowMs) that depends on the key alone. */
export const spread = (key: string, windowMs: number): number => Math.floor(stableHash('spread', key) * windowMs);

const holdsOn = (rule: QuietHoursRule, date: string): boolean => (rule.since === null || rule.since <= date) && (rule.until === null || date < rule.until);

function whyClosed(rule: QuietHoursRule, date: Temporal.PlainDate): HeldByQuietHours['because'] {
  if (rule.closedOnHolidaysOf !== null && isPublicHoliday(rule.closedOnHolidaysOf, date.toString())) return 'holiday';
  return rule.days.includes(date.dayOfWeek) ? 'hour' : 'day';
}

/** The first instant, not before `at`, at which one rule is open. */
function openFrom(rule: QuietHoursRule, at: Instant, zone: string): Instant {
  const today = localTime(at, zone).toPlainDate();
  for (let days = 0; days <= LONGEST_CLOSURE_DAYS; days += 1) {
    const date = today.add({ days });
    if (!holdsOn(rule, date.toString())) return Math.max(at, startOf(date, '00:00', zone));
    if (whyClosed(rule, date) !== 'hour') continue;
    for (const { from, until } of rule.windows) {
      const opens = startOf(date, from, zone);
      const closes = startOf(date, until, zone);
      if (at < closes && opens < closes) return Math.max(at, opens);
    }
  }
  invariant(false, `the quiet hours ${rule.key} stay closed for more than ${LONGEST_CLOSURE_DAYS} days`);
}

function startOf(date: Temporal.PlainDate, time: string, zone: string): Instant {
  return time === '24:00'
    ? instantOf(date.add({ days: 1 }).toPlainDateTime(), zone)
    : instantOf(date.toPlainDateTime(Temporal.PlainTime.from(time)), zone);
}
