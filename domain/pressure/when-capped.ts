/** What becomes of a capped message, as its author chose (§5.8), and for how long one is held (§5.18). */
import { z } from 'zod';
import type { PressureDecision } from '#domain/pressure/decide-pressure.ts';
import { SECOND_MS, type Instant } from '#domain/shared/time.ts';

/** `branch` belongs to the pressure-check node, which has a *capped* way (§4.7); messages choose between the others. */
export const WhenCapped = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('skip') }),
  z.object({ kind: z.literal('hold'), expiresAfterSeconds: z.number().int().min(60).max(366 * 86_400) }),
  z.object({ kind: z.literal('branch') }),
]);
export type WhenCapped = z.infer<typeof WhenCapped>;

export type CappedResolution =
  | { kind: 'skip' }
  | { kind: 'branch' }
  /** `lookAgainAt` is null when the ledger as it stands frees it too late: only a released reservation or a new policy can (§5.18). */
  | { kind: 'hold'; lookAgainAt: Instant | null; expiresAt: Instant }
  | { kind: 'expired' };

type Capped = Pick<Extract<PressureDecision, { kind: 'capped' }>, 'freeAt'>;

/**
 * What happens to a message capped at `at`. A hold expires that many seconds after `heldSince`, the instant of the first refusal
 * (`at` when absent), and the message may no longer leave at its very expiry. Before hand-over there is no branch left to take:
 * *branch* means skip there (§5.17).
 */
export function resolveCapped(
  whenCapped: WhenCapped,
  decision: Capped,
  at: Instant,
  { heldSince = at, stage = 'plan' }: { heldSince?: Instant; stage?: 'plan' | 'handOver' } = {},
): CappedResolution {
  switch (whenCapped.kind) {
    case 'skip': return { kind: 'skip' };
    case 'branch': return { kind: stage === 'handOver' ? 'skip' : 'branch' };
    case 'hold': {
      const expiresAt = heldSince + whenCapped.expiresAfterSeconds * SECOND_MS;
      if (at >= expiresAt) return { kind: 'expired' };
      return { kind: 'hold', lookAgainAt: decision.freeAt !== null && decision.freeAt < expiresAt ? decision.freeAt : null, expiresAt };
    }
  }
}
