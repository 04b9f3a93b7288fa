/** Stage 3, advance: whether a customer meets a condition, over facts that the shell loaded. The same function runs in the simulator and in previews. */
import type { Condition, EventCondition, EventCount } from '#domain/audiences/condition.ts';
import { passesOperator } from '#domain/audiences/operators.ts';
import type { Standing } from '#domain/audiences/standing.ts';
import { isChannel } from '#domain/customers/channels.ts';
import { consentInForce, type Consent } from '#domain/customers/consent.ts';
import { averageBasketMinor, daysSinceLastPurchase, type CustomerFigures } from '#domain/customers/figures.ts';
import type { CustomerProfile } from '#domain/customers/profile.ts';
import { DAY_MS, type Instant } from '#domain/shared/time.ts';

export type EventFact = { type: string; occurredAt: Instant; properties: Record<string, unknown> };
/** `validUntil` is its last valid millisecond; without `validFrom` it is valid from its issue on. */
export type VoucherFact = { offerKey: string; status: 'issued' | 'redeemed' | 'revoked'; validFrom?: Instant; validUntil: Instant | null };

/** The facts that a condition is asked about. `event` is the one in hand: the trigger's, or the one that ended the wait. */
export type ConditionSubject = {
  customer: CustomerProfile;
  figures: CustomerFigures;
  consents: readonly Consent[];
  balances: Readonly<Record<string, number>>;
  vouchers: readonly VoucherFact[];
  history: readonly EventFact[];
  /** Absent where nobody reckons it. */
  standing?: Standing | undefined;
  event?: (EventFact & { storeId?: string | null }) | undefined;
  variables: Readonly<Record<string, unknown>>;
};

type Reader = (field: string) => unknown;

/**
 * Whether the condition holds at `at`. An empty `all` holds, an empty `any` does not; a missing value fails every comparison, and
 * `not` turns that round. An event counts when it occurred at or before `at`, and within `withinDays` times 24 hours.
 */
export const matchesCondition = (condition: Condition, subject: ConditionSubject, at: Instant): boolean =>
  holds(condition, (field) => readField(field, subject, at), subject.history, at);

function holds(condition: Condition, read: Reader, history: readonly EventFact[], at: Instant): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, read, history, at));
  if ('any' in condition) return condition.any.some((part) => holds(part, read, history, at));
  if ('not' in condition) return !holds(condition.not, read, history, at);
  if ('event' in condition) return countPasses(countEvents(condition, history, at), condition.count);
  return passesOperator(condition.is, read(condition.field), condition.value, at);
}

function countEvents(condition: EventCondition, history: readonly EventFact[], at: Instant): number {
  const { event: type, where, withinDays } = condition;
  const from = withinDays === undefined ? -Infinity : at - withinDays * DAY_MS;
  return history.filter((event) => {
    if (event.type !== type || event.occurredAt > at || event.occurredAt < from) return false;
    return !where || holds(where, (field) => (field.startsWith('properties.') ? readPath(event, field.split('.')) : undefined), [], at);
  }).length;
}

function countPasses(times: number, count: EventCount): boolean {
  if ('atLeast' in count) return times >= count.atLeast;
  if ('atMost' in count) return times <= count.atMost;
  return times === count.exactly;
}

/** The value of a whitelisted field; undefined when it is missing or the path is not on the list. */
export function readField(field: string, subject: ConditionSubject, at: Instant): unknown {
  const [root, ...path] = field.split('.');
  const name = path[0] ?? '';
  switch (root) {
    case 'customer':
      return readPath(subject.customer, path);
    case 'figures':
      if (name === 'averageBasketMinor') return averageBasketMinor(subject.figures);
      if (name === 'daysSinceLastPurchase') return daysSinceLastPurchase(subject.figures, at);
      return readPath(subject.figures, path);
    case 'consent':
      return isChannel(name) ? consentInForce(subject.consents, 'marketing', name)?.state === 'granted' : undefined;
    case 'balance':
      return Object.hasOwn(subject.balances, name) ? subject.balances[name] : 0;
    case 'event':
      return subject.event && readPath(subject.event, path);
    case 'enrollment':
      return readPath(subject.variables, path);
    case 'segment':
      return subject.standing?.segments.includes(name);
    case 'score':
      return subject.standing && readPath(subject.standing.scores, [name]);
    case 'tier':
      return subject.standing && readPath(subject.standing.tiers, [name]);
    case 'voucher':
      return path[1] === 'active' ? subject.vouchers.some((voucher) => voucher.offerKey === name && isActive(voucher, at)) : undefined;
    default:
      return undefined;
  }
}

/** Whether a voucher can be used at `at`. */
export const isActive = (voucher: VoucherFact, at: Instant): boolean =>
  voucher.status === 'issued' && (voucher.validFrom ?? -Infinity) <= at && (voucher.validUntil === null || at <= voucher.validUntil);

/** Own properties only. A step into a list goes into each of its elements, so `lines.categories` is the categories of all lines. */
function readPath(value: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(value)) {
    const found = value.flatMap((element) => readPath(element, path) ?? []);
    return found.length > 0 ? found : undefined;
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return readPath(Object.getOwnPropertyDescriptor(value, step)?.value, rest);
}
