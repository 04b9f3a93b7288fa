/** What became of the wishes to take a customer in: read from the lines of their burst. */
import type { Reason, TraceLine } from './effects.ts';

const isReason = (value: unknown): value is Reason => typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';

/** One per wish of a person or a key, in their order; `reason` is null for one who entered. */
export const readEntries = (traces: readonly TraceLine[]): { reason: Reason | null }[] => traces.flatMap(({ kind, data }) => {
  if (data['by'] === undefined || (kind !== 'entered' && kind !== 'entryRefused')) return [];
  return [{ reason: kind === 'entryRefused' && isReason(data['reason']) ? data['reason'] : null }];
});
