/** The one order in which messages go before each other (§5.7). */
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';

export type ArbitrationKey = Pick<LedgerEntry, 'priority' | 'rank' | 'dueAt' | 'journeyId' | 'entryKey' | 'nodeId' | 'visit' | 'messageKey'>;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Negative when `a` goes before `b` (§5.7): the higher priority, then the lower rank, then the earlier due time, then journey, entry
 * key, node and visit. The message key closes the order, so only a message equals itself. Texts are compared by code unit, not by
 * language, so every machine agrees.
 */
export function compareArbitration(a: ArbitrationKey, b: ArbitrationKey): number {
  return (
    b.priority - a.priority ||
    a.rank - b.rank ||
    a.dueAt - b.dueAt ||
    compareText(a.journeyId, b.journeyId) ||
    compareText(a.entryKey, b.entryKey) ||
    compareText(a.nodeId, b.nodeId) ||
    a.visit - b.visit ||
    compareText(a.messageKey, b.messageKey)
  );
}
