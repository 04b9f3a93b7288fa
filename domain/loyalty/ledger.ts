/**
 * Double entry (§10.1): a movement is a transfer of a positive whole amount between two accounts, written as two postings that sum to
 * zero. A balance is the sum of its postings; postings are never changed, only answered by a transfer the other way.
 */
import { z } from 'zod';
import { invariant } from '#domain/shared/invariant.ts';
import type { Instant } from '#domain/shared/time.ts';

/** `customer:available` is one account per customer; the others belong to the programme. Issued goes below zero as points come to life. */
export const ACCOUNTS = ['customer:available', 'programme:issued', 'programme:redeemed'] as const;
export type Account = (typeof ACCOUNTS)[number];
export const TRANSFER_KINDS = ['earn', 'bonus', 'return', 'reward', 'give', 'correction'] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

export const Transfer = z.object({
  /** Unique for ever: the same cause gives the same key, so a transfer is never written twice. */
  key: z.string().min(1),
  programmeKey: z.string().min(1),
  customerId: z.string().min(1),
  from: z.enum(ACCOUNTS),
  to: z.enum(ACCOUNTS),
  amount: z.number().int().positive(),
  kind: z.enum(TRANSFER_KINDS),
  rule: z.string().min(1),
  at: z.number().int(),
  eventId: z.string().optional(),
  orderId: z.string().optional(),
  lineId: z.string().optional(),
});
export type Transfer = z.infer<typeof Transfer>;

/** One row of the ledger; `customerId` is null for an account of the programme. */
export type Posting = {
  transferKey: string;
  programmeKey: string;
  account: Account;
  customerId: string | null;
  amount: number;
  kind: TransferKind;
  rule: string;
  at: Instant;
  eventId: string | null;
  orderId: string | null;
  lineId: string | null;
};

/** The two postings of a transfer: what leaves `from`, then what reaches `to`. */
export function postingsOf(transfer: Transfer): [Posting, Posting] {
  const { key, programmeKey, customerId, from, to, amount, kind, rule, at } = transfer;
  invariant(Number.isSafeInteger(amount) && amount > 0, `transfer ${key} moves a positive whole amount`);
  invariant(from !== to, `transfer ${key} moves between two accounts`);
  const posting = (account: Account, signed: number): Posting => ({
    transferKey: key,
    programmeKey,
    account,
    customerId: account === 'customer:available' ? customerId : null,
    amount: signed,
    kind,
    rule,
    at,
    eventId: transfer.eventId ?? null,
    orderId: transfer.orderId ?? null,
    lineId: transfer.lineId ?? null,
  });
  return [posting(from, -amount), posting(to, amount)];
}

/** What a transfer changes of the customer's available balance. */
export const changeOfBalance = (transfer: Transfer): number =>
  (transfer.to === 'customer:available' ? transfer.amount : 0) - (transfer.from === 'customer:available' ? transfer.amount : 0);
