/** What the routes of proofs answer. */
import type { ProofRecipient } from '#domain/messages/proof-list.ts';

export type ProofList = { id: string; name: string; recipients: ProofRecipient[]; updatedAt: string };
export type ProofCopy = { recipient: string; name: string | null; language: string; outcome: 'sending' | 'sent' | 'refused' | 'notTaken'; reason: string | null };
export type Proof = { id: string; number: number | null; list: string; actorName: string | null; at: string; copies: ProofCopy[] };
