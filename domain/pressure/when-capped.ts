/** What becomes of a capped message, as its author chose (§5.8), and for how long one is held (§5.18). */
import { z } from 'zod';
import { CHANNELS } from '#domain/customers/channels.ts';
import type { PressureDecision } from '#domain/pressure/decide-pressure.ts';
import { SECOND_MS, type Instant } from '#domain/shared/time.ts';

/** `exit` ends the enrollment as exited, `branch` takes the message's *capped* way, `otherChannel` asks once more with another template on another channel. */
export const WhenCapped = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('skip') }),
  z.strictObject({ kind: z.literal('hold'), expiresAfterSeconds: z.number().int().min(60).max(366 * 86_400) }),
  z.strictObject({ kind: z.literal('otherChannel'), channel: z.enum(CHANNELS), templateKey: z.string() }),
  z.strictObject({ kind: z.literal('exit') }),
  z.strictObject({ kind: z.literal('branch') }),
]);
export type WhenCapped = z.infer<typeof WhenCapped>;

export type CappedResolution =
  | { kind: 'skip' }
  | { kind: 'branch' }
  | { kind: 'exit' }
  | Extract<WhenCapped, { kind: 'otherChannel' }>
  /** `lookAgainAt` is null when the ledger as it stands frees it too late: only a released reservation or a new policy can (§5.18). */
  | { kind: 'hold'; lookAgainAt: Instant | null; expiresAt: Instant }
  | { kind: 'expired' };

type Capped = Pick<Extract<PressureDecision, { kind: 'capped' }>, 'freeAt'>;

/**
 * What happens to a message capped at `at`. A hold expires that many seconds after `heldSince`, the instant of the first refusal
 * (`at` when absent), and the message may no longer leave at its very expiry. Before hand-over the person has gone on: *branch* and
 * *exit* mean skip there (§5.17).
 */
export function resolveCapped(
  whenCapped: WhenCapped,
  decision: Capped,
  at: Instant,
  { heldSince = at, stage = 'plan' }: { heldSince?: Instant; stage?: 'plan' | 'handOver' } = {},
): CappedResolution {
  switch (whenCapped.kind) {
    case 'skip': return { kind: 'skip' };
    case 'branch':
    case 'exit': return { kind: stage === 'handOver' ? 'skip' : whenCapped.kind };
    case 'otherChannel': return whenCapped;
    case 'hold': {
      const expiresAt = heldSince + whenCapped.expiresAfterSeconds * SECOND_MS;
      if (at >= expiresAt) return { kind: 'expired' };
      return { kind: 'hold', lookAgainAt: decision.freeAt !== null && decision.freeAt < expiresAt ? decision.freeAt : null, expiresAt };
    }
  }
}
