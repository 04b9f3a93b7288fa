/**
 * One line of a customer's pressure ledger (§5.1). There is one ledger per customer over all channels, campaigns and journeys; a
 * released reservation is simply no longer in it (§5.12).
 */
import { z } from 'zod';

export const LEDGER_STATES = ['reserved', 'handedOver', 'unknown'] as const;

const Instant = z.number().int();

export const LedgerEntry = z.object({
  /** `{enrollment}:{node}:{visit}` (§7.1). */
  messageKey: z.string().min(1),
  messageId: z.string().optional(),
  channel: z.string().min(1),
  category: z.string().min(1),
  sender: z.string().min(1),
  weight: z.number().int().min(0),
  /** Whether it fills a cap (§5.9). */
  counts: z.boolean(),
  /** The instant at which it is due to leave, or left (§5.12). */
  at: Instant,
  /** `unknown`: handed to a vendor whose answer never came; it stays counted (§5.12). */
  state: z.enum(LEDGER_STATES),
  priority: z.number().int().min(0).max(100),
  rank: z.number().int().min(0),
  /** When its author wanted it to leave: its place in the order, which a hold does not move. */
  dueAt: Instant,
  journeyId: z.string(),
  entryKey: z.string(),
  nodeId: z.string(),
  visit: z.number().int().min(1),
  /** What an explanation calls it: the name of its journey and node, never personal data. */
  label: z.string(),
  /** The pressure-check node that reserved it for a message further down (§4.7). */
  reservedBy: z.string().optional(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

export { compareArbitration } from '#domain/pressure/compare-arbitration.ts';
