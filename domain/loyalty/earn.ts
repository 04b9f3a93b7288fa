/**
 * Stage 1, ingest: what a purchase earns in one programme, and why (§10.3, §10.4). Each rule is computed over the whole purchase, cut to a whole
 * number once and spread over the lines; base first, then bonuses by order. What did not apply is in the answer too.
 */
import type { Purchase } from '#domain/events/purchase.ts';
import type { Transfer } from '#domain/loyalty/ledger.ts';
import type { Bonus, BonusCondition, LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { spreadOverLines } from '#domain/loyalty/spread-over-lines.ts';
import { localTime, type Instant } from '#domain/shared/time.ts';

/** `occurredAt` and the store's zone decide about windows and weekdays (§1.11); `zone` is the workspace's when there is no store. */
export type EarnContext = { eventId: string; customerId: string; occurredAt: Instant; store: string | null; zone: string };
export type Why = { code: string; figures: Record<string, string | number | string[] | number[]> };
export type EarnLine = { rule: string; applied: boolean; points: number; why: Why };
export type Earned = { transfers: Transfer[]; explanation: EarnLine[]; total: number };

/** A part of the purchase that earns: a line of it, or all of it when the till sent no lines. */
type Part = { lineId: string | null; amountMinor: number; categories: readonly string[] };
/** A rule that applies, with its points on each part. */
type Gain = { rule: string; kind: 'earn' | 'bonus'; parts: number[] };

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const why = (code: string, figures: Why['figures'] = {}): Why => ({ code, figures });

/** The transfers of a purchase (from `programme:issued`, one per rule and line that earns), each rule's explanation in order, and the total. Pure: the same purchase earns the same. */
export function earn(programme: LoyaltyProgramme, purchase: Purchase, context: EarnContext): Earned {
  const parts: Part[] = purchase.lines?.length
    ? purchase.lines.map(({ lineId, amountMinor, categories }) => ({ lineId, amountMinor, categories }))
    : [{ lineId: null, amountMinor: purchase.amountMinor, categories: [] }];
  const { base } = programme.earn;
  const basePoints = Number((BigInt(purchase.amountMinor) * BigInt(base.points)) / BigInt(base.perMinor));
  const baseParts = spreadOverLines(basePoints, parts.map((part) => part.amountMinor));
  const gains: Gain[] = [{ rule: base.key, kind: 'earn', parts: baseParts }];
  const explanation: EarnLine[] = [
    { rule: base.key, applied: basePoints > 0, points: basePoints, why: why('earn.perAmount', { amountMinor: purchase.amountMinor, points: base.points, perMinor: base.perMinor }) },
  ];
  const bonuses = [...programme.earn.bonuses].sort((left, right) => left.order - right.order || (left.key < right.key ? -1 : 1));
  const bests = bestOfGroups(bonuses, parts, baseParts, purchase, context);
  for (const bonus of bonuses) {
    const standing = bonus.stacking === 'multiplies' ? parts.map((_, index) => sum(gains.map((gain) => gain.parts[index] ?? 0))) : baseParts;
    const { points, over, reason } = weigh(bonus, parts, standing, purchase, context);
    const best = bonus.group === undefined ? undefined : bests.get(bonus.group);
    const beaten = reason.applies && best !== undefined && best.key !== bonus.key;
    const applied = reason.applies && !beaten && points > 0;
    const told = beaten ? why('bonus.betterInGroup', { group: bonus.group ?? '', better: best.key, points }) : reason.applies && points === 0 ? why('bonus.nothingToMultiply') : reason.why;
    explanation.push({ rule: bonus.key, applied, points: applied ? points : 0, why: told });
    if (applied) gains.push({ rule: bonus.key, kind: 'bonus', parts: spreadOverLines(points, over) });
  }
  const transfers = gains.flatMap((gain) => parts.flatMap((part, index) => transferOf(programme, purchase, context, gain, part, gain.parts[index] ?? 0)));
  return { transfers, explanation, total: sum(transfers.map((transfer) => transfer.amount)) };
}

type Weighed = { points: number; over: number[]; reason: { applies: boolean; why: Why } };

/** What a bonus would give on top of the points standing, and over which parts; points are 0 when it does not apply. */
function weigh(bonus: Bonus, parts: readonly Part[], standing: readonly number[], purchase: Purchase, context: EarnContext): Weighed {
  const { categories } = bonus.when;
  const counts = parts.map((part) => !categories || part.categories.some((category) => categories.includes(category)));
  const spendMinor = categories ? sum(parts.map((part, index) => (counts[index] ? part.amountMinor : 0))) : purchase.amountMinor;
  const refusal = refuse(bonus.when, counts.includes(true), spendMinor, context);
  if (refusal) return { points: 0, over: [], reason: { applies: false, why: refusal } };
  const among = standing.map((points, index) => (counts[index] ? points : 0));
  if (bonus.points !== undefined) {
    // Parts that do not count get nothing, even when all that count cost nothing.
    const amounts = parts.map((part, index) => (counts[index] ? part.amountMinor : 0));
    const over = amounts.some((amount) => amount > 0) ? amounts : counts.map(Number);
    return { points: bonus.points, over, reason: { applies: true, why: why('bonus.points', { points: bonus.points }) } };
  }
  const factor = bonus.factor ?? 1;
  const hundredths = Math.round(factor * 100) - 100;
  const onPoints = sum(among);
  return { points: Math.floor((onPoints * hundredths) / 100), over: among, reason: { applies: true, why: why('bonus.factor', { factor, onPoints }) } };
}

/** Why the condition of a bonus does not hold, or null when it does. */
function refuse(when: BonusCondition, hasCategory: boolean, spendMinor: number, context: EarnContext): Why | null {
  const { occurredAt, store, zone } = context;
  if (when.from !== undefined && occurredAt < when.from) return why('bonus.notStarted', { from: when.from });
  if (when.to !== undefined && occurredAt >= when.to) return why('bonus.ended', { to: when.to });
  const weekday = localTime(occurredAt, zone).dayOfWeek;
  if (when.weekdays && !when.weekdays.includes(weekday)) return why('bonus.otherWeekday', { weekday, weekdays: when.weekdays });
  if (when.stores && (store === null || !when.stores.includes(store))) return why('bonus.otherStore', { store: store ?? '', stores: when.stores });
  if (!hasCategory) return why('bonus.noSuchCategory', { categories: when.categories ?? [] });
  const { minimumSpendMinor } = when;
  if (minimumSpendMinor !== undefined && spendMinor < minimumSpendMinor) return why('bonus.minimumSpend', { minimumSpendMinor, spendMinor, missingMinor: minimumSpendMinor - spendMinor });
  return null;
}

/** The best bonus of each group: most points on the base, then the earlier in the order. */
function bestOfGroups(bonuses: readonly Bonus[], parts: readonly Part[], baseParts: readonly number[], purchase: Purchase, context: EarnContext): Map<string, { key: string; points: number }> {
  const bests = new Map<string, { key: string; points: number }>();
  for (const bonus of bonuses) {
    if (bonus.group === undefined) continue;
    const { points, reason } = weigh(bonus, parts, baseParts, purchase, context);
    const best = bests.get(bonus.group);
    if (reason.applies && (!best || points > best.points)) bests.set(bonus.group, { key: bonus.key, points });
  }
  return bests;
}

function transferOf(programme: LoyaltyProgramme, purchase: Purchase, context: EarnContext, gain: Gain, part: Part, amount: number): Transfer[] {
  if (amount === 0) return [];
  return [{
    key: `${context.eventId}:${programme.key}:${gain.rule}:${part.lineId ?? '*'}`,
    programmeKey: programme.key,
    customerId: context.customerId,
    from: 'programme:issued',
    to: 'customer:available',
    amount,
    kind: gain.kind,
    rule: gain.rule,
    at: context.occurredAt,
    eventId: context.eventId,
    orderId: purchase.orderId,
    ...(part.lineId === null ? {} : { lineId: part.lineId }),
  }];
}
