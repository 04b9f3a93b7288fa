/** Since when an enrollment went on as somebody wished: taken in by hand, moved to a version, put back, taken out, stopped or tried again. From there on it is taken as stored. */
import type { RegisterLine } from '#domain/enrollments/decide-entry.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { StoredHistory } from './stored-history.ts';

const ENDINGS: readonly unknown[] = ['removed', 'stopped'];

export function byHandSince({ traces }: Pick<StoredHistory, 'traces'>): Map<string, Instant> {
  const since = new Map<string, Instant>();
  for (const { kind, at, enrollmentId, data } of traces) {
    const isByHand = (kind === 'entered' && data['by'] !== undefined) || kind === 'moved' || kind === 'retried' || (kind === 'ended' && ENDINGS.includes(data['ending']));
    if (isByHand && enrollmentId !== null) since.set(enrollmentId, Math.min(at, since.get(enrollmentId) ?? Infinity));
  }
  return since;
}

/** The entries that a person or a key wished, as lines of the register, oldest first. */
export function takenInByHand({ traces, enrollments }: Pick<StoredHistory, 'traces' | 'enrollments'>): RegisterLine[] {
  return traces.flatMap(({ kind, at, enrollmentId, data }) => {
    const entered = kind === 'entered' && data['by'] !== undefined ? enrollments.find(({ id }) => id === enrollmentId) : undefined;
    return entered ? [{ journeyId: entered.journeyId, entryKey: entered.entryKey, enteredAt: at, endedAt: null }] : [];
  });
}
