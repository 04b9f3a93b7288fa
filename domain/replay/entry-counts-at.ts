/** How full a capped journey was when a burst of the past asked: other customers took the places, so it is taken from what became of this one. */
import { capWindow, entryCountKey } from '#domain/journeys/entry-cap.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { StoredHistory } from './stored-history.ts';

/** Full, but for who entered at the same instant, where a refusal of the cap is stored at one of these instants; empty otherwise. */
export function entryCountsAt({ traces, rules }: Pick<StoredHistory, 'traces' | 'rules'>, plans: Iterable<Plan>, instants: ReadonlySet<Instant>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { journeyId, takesEntries, journey: { entry: { cap } } } of plans) {
    if (!cap || !takesEntries) continue;
    const mine = traces.filter((trace) => trace.journeyId === journeyId && instants.has(trace.at) && trace.data['by'] === undefined);
    for (const { at, kind, data } of mine) {
      const { reason } = data;
      const isFull = kind === 'entryRefused' && typeof reason === 'object' && reason !== null && 'code' in reason && reason.code === `entry.full.${cap.per}`;
      if (!isFull) continue;
      const window = capWindow(cap, at, rules.timeZone);
      const entered = mine.filter((other) => other.kind === 'entered' && capWindow(cap, other.at, rules.timeZone) === window).length;
      counts[entryCountKey(journeyId, window)] = cap.maximum - entered;
    }
  }
  return counts;
}
