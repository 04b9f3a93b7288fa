/** Since when an enrollment went on as somebody wished: moved to a version, put back, taken out, stopped or tried again. From there on it is taken as stored. */
import type { Instant } from '#domain/shared/time.ts';
import type { StoredHistory } from './stored-history.ts';

const ENDINGS: readonly unknown[] = ['removed', 'stopped'];

export function byHandSince({ traces }: Pick<StoredHistory, 'traces'>): Map<string, Instant> {
  const since = new Map<string, Instant>();
  for (const { kind, at, enrollmentId, data } of traces) {
    const isByHand = kind === 'moved' || kind === 'retried' || (kind === 'ended' && ENDINGS.includes(data['ending']));
    if (isByHand && enrollmentId !== null) since.set(enrollmentId, Math.min(at, since.get(enrollmentId) ?? Infinity));
  }
  return since;
}
