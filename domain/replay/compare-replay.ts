/** Holds what a replay decided against what is stored (§12.1): every step of a journey, message, movement of points and voucher, each where only one side has it. */
import type { Effect, PlannedMessage } from '#domain/enrollments/effects.ts';
import { postingsOf } from '#domain/loyalty/ledger.ts';
import type { Instant } from '#domain/shared/time.ts';
import { byHandSince } from './by-hand.ts';
import { STEPS } from './dispatch-notes.ts';
import { replayCustomer } from './replay-customer.ts';
import type { StoredHistory } from './stored-history.ts';

export const COMPARED = ['step', 'message', 'points', 'voucher'] as const;
type Line = { what: (typeof COMPARED)[number]; at: Instant; journeyId: string | null; nodeId: string | null; data: Record<string, unknown> };
/** `recomputed`: the replay alone says so; `stored`: only the past does. */
export type Difference = Line & { only: 'recomputed' | 'stored' };
export type ReplayReport = {
  compared: Record<(typeof COMPARED)[number], number>;
  differences: Difference[];
  /** Enrollments that somebody's hand moved or ended: from there on they are taken as stored. */
  byHand: number;
  bursts: number;
};

/** Ids that each side makes for itself. */
const OWN = ['messageId'];

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key, each]) => !OWN.includes(key) && each !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, plain(each)]));
}

const plannedBy = (effect: Effect): { message: PlannedMessage; refusal: string | null } | null =>
  effect.kind === 'sendMessage' ? { message: effect.message, refusal: null } : effect.kind === 'refuseMessage' ? { message: effect.message, refusal: effect.reason.code } : null;

function recomputedLines(stored: StoredHistory): { lines: Line[]; bursts: number } {
  const { traces, effects, rungUp, bursts } = replayCustomer(stored);
  const later = new Map(stored.messages.map((message) => [message.key, message]));
  const lines: Line[] = traces.filter(({ kind }) => STEPS.includes(kind)).map(({ kind, at, journeyId, enrollmentId, nodeId, visit, data }) => ({ what: 'step', at, journeyId, nodeId, data: { kind, enrollmentId, visit, ...data } }));
  for (const effect of effects) {
    const planned = plannedBy(effect);
    if (planned) {
      const { key, journeyId, nodeId, plannedAt } = planned.message;
      // A message refused at once has that reason for good; of one that was planned, what became of it is taken as stored.
      const refusal = planned.refusal ?? (later.get(key)?.status === 'suppressed' ? later.get(key)?.reasonCode : null) ?? null;
      lines.push({ what: 'message', at: plannedAt, journeyId, nodeId, data: { key, refusal } });
    }
    if (effect.kind === 'grantOffer') lines.push({ what: 'voucher', at: effect.at, journeyId: null, nodeId: null, data: { grantKey: effect.grantKey, offer: effect.offerKey, validUntil: effect.validUntil } });
  }
  const transfers = [...rungUp, ...effects.flatMap((effect) => (effect.kind === 'transfer' ? [effect.transfer] : []))];
  for (const { transferKey, programmeKey, amount, kind, at, account } of transfers.flatMap((transfer) => postingsOf(transfer))) {
    if (account === 'customer:available') lines.push({ what: 'points', at, journeyId: null, nodeId: null, data: { transferKey, programme: programmeKey, amount, kind } });
  }
  return { lines, bursts };
}

function storedLines({ traces, messages, movements, vouchers }: StoredHistory): Line[] {
  return [
    // A wish of a person or a key that was refused is no happening of the customer's.
    ...traces.filter(({ kind, data }) => STEPS.includes(kind) && !(kind === 'entryRefused' && data['by'] !== undefined)).map(({ kind, at, journeyId, enrollmentId, nodeId, visit, data }): Line => ({ what: 'step', at, journeyId, nodeId, data: { kind, enrollmentId, visit, ...data } })),
    ...messages.map(({ key, journeyId, nodeId, plannedAt, status, reasonCode }): Line => ({ what: 'message', at: plannedAt, journeyId, nodeId, data: { key, refusal: status === 'suppressed' ? reasonCode : null } })),
    ...movements.filter(({ ofJourney, eventId }) => ofJourney || eventId !== null).map(({ transferKey, programmeKey, amount, kind, at }): Line => ({ what: 'points', at, journeyId: null, nodeId: null, data: { transferKey, programme: programmeKey, amount, kind } })),
    ...vouchers.filter(({ ofJourney }) => ofJourney).map(({ grantKey, offerKey, issuedAt, validUntil }): Line => ({ what: 'voucher', at: issuedAt, journeyId: null, nodeId: null, data: { grantKey, offer: offerKey, validUntil } })),
  ];
}

/** The enrollment that a line speaks of: its own, or the one in front of its key. */
const enrollmentOf = ({ data }: Line): string => String(data['enrollmentId'] ?? data['key'] ?? data['grantKey'] ?? data['transferKey'] ?? '').split(':')[0] ?? '';

/** Recomputes a customer's history and answers each line that only one side has, oldest first. */
export function compareReplay(history: StoredHistory): ReplayReport {
  const byHand = byHandSince(history);
  const isCompared = (line: Line): boolean => line.at <= history.until && line.at < (byHand.get(enrollmentOf(line)) ?? Infinity);
  const { lines, bursts } = recomputedLines(history);
  const sides = { recomputed: lines.filter(isCompared), stored: storedLines(history).filter(isCompared) };
  const textOf = (line: Line): string => JSON.stringify(plain(line));
  const without = (side: Line[], other: Line[]): Line[] => {
    const left = new Map<string, number>();
    for (const line of other) left.set(textOf(line), (left.get(textOf(line)) ?? 0) + 1);
    return side.filter((line) => {
      const count = left.get(textOf(line)) ?? 0;
      left.set(textOf(line), count - 1);
      return count <= 0;
    });
  };
  const differences: Difference[] = [
    ...without(sides.recomputed, sides.stored).map((line) => ({ ...line, only: 'recomputed' as const })),
    ...without(sides.stored, sides.recomputed).map((line) => ({ ...line, only: 'stored' as const })),
  ];
  const count = (what: Line['what']): number => sides.stored.filter((line) => line.what === what).length;
  return { compared: { step: count('step'), message: count('message'), points: count('points'), voucher: count('voucher') }, differences: differences.sort((a, b) => a.at - b.at), byHand: byHand.size, bursts };
}
