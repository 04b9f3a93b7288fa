import { describe, expect, it } from 'vitest';
import { resolveCapped } from '#domain/pressure/when-capped.ts';

const NOW = 1_772_438_400_000;
const MINUTE = 60_000;
const hold = { kind: 'hold', expiresAfterSeconds: 600 } as const;
const freeAt = (instant: number | null) => ({ freeAt: instant });

describe('a capped message', () => {
  it('is skipped when its author chose skip (§5.8)', () => {
    expect(resolveCapped({ kind: 'skip' }, freeAt(NOW + MINUTE), NOW)).toEqual({ kind: 'skip' });
  });

  it('is held until it is free (§5.8, §5.18)', () => {
    expect(resolveCapped(hold, freeAt(NOW + MINUTE), NOW)).toEqual({ kind: 'hold', lookAgainAt: NOW + MINUTE, expiresAt: NOW + 10 * MINUTE });
  });

  it('is held to its expiry when only a released reservation or a new policy could free it (§5.18)', () => {
    for (const free of [NOW + 10 * MINUTE, NOW + 60 * MINUTE, null]) {
      expect(resolveCapped(hold, freeAt(free), NOW)).toEqual({ kind: 'hold', lookAgainAt: null, expiresAt: NOW + 10 * MINUTE });
    }
  });

  it('expires counted from the first refusal, however often it is looked at again (§5.8, §5.18)', () => {
    const heldSince = NOW - 9 * MINUTE;
    expect(resolveCapped(hold, freeAt(null), NOW, { heldSince })).toMatchObject({ kind: 'hold', expiresAt: NOW + MINUTE });
    expect(resolveCapped(hold, freeAt(null), NOW + MINUTE, { heldSince })).toEqual({ kind: 'expired' });
  });

  it('ends the enrollment when it is planned, and is skipped where the person has gone on (§5.8, §5.17)', () => {
    expect(resolveCapped({ kind: 'exit' }, freeAt(null), NOW)).toEqual({ kind: 'exit' });
    expect(resolveCapped({ kind: 'exit' }, freeAt(null), NOW, { stage: 'handOver' })).toEqual({ kind: 'skip' });
  });

  it('takes the capped branch at the check, and is skipped where no branch is left (§4.7, §5.17)', () => {
    expect(resolveCapped({ kind: 'branch' }, freeAt(null), NOW)).toEqual({ kind: 'branch' });
    expect(resolveCapped({ kind: 'branch' }, freeAt(null), NOW, { stage: 'handOver' })).toEqual({ kind: 'skip' });
  });
});
