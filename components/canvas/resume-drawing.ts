/** What becomes of a drawing that this browser kept, given the draft that the server holds now. */
import { sameText } from '#domain/journeys/operations/compare-journeys.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import { rebase, type Drawing } from '#domain/journeys/operations/history.ts';
import { mergeDrafts, type Merge } from '#domain/journeys/operations/merge-drafts.ts';

type Kept = { revision: number; base: Journey; drawing: Drawing };
export type Resumed = { kind: 'fresh' } | { kind: 'drawing'; drawing: Drawing } | { kind: 'merged'; drawing: Drawing; merge: Merge } | { kind: 'conflict'; drawing: Drawing; merge: Merge };

/** Fresh when nothing is kept of use; the kept drawing, with its undo, when it was made on this draft or is this draft; else both put together. */
export function resumeDrawing(kept: Kept | null, draft: Journey, revision: number): Resumed {
  if (!kept) return { kind: 'fresh' };
  const { base, drawing } = kept;
  const isHere = sameText(drawing.journey) === sameText(draft);
  if (isHere || (kept.revision === revision && sameText(base) === sameText(draft))) return { kind: 'drawing', drawing };
  if (sameText(drawing.journey) === sameText(base)) return { kind: 'fresh' };
  const merge = mergeDrafts({ base, mine: drawing.journey, theirs: draft });
  if (merge.conflicts.length > 0) return { kind: 'conflict', drawing, merge };
  return { kind: 'merged', drawing: rebase(drawing, merge.journey, merge.theirs), merge };
}
