/** Who went on from a step, by its ways out: since the beginning, or on the day that is shown. */
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import type { CanvasState } from './canvas-store.ts';

type Shown = Pick<CanvasState, 'figures' | 'span'>;

/** The same object each time: a part of the page that looks at it is not drawn again for nothing. */
const NOBODY: Record<string, number> = {};

export const passedBy = ({ figures, span }: Shown, nodeId: string): Record<string, number> | null =>
  figures && ((span === 'day' ? figures.today.passed[nodeId] : figures.nodes[nodeId]?.passed) ?? NOBODY);

/** An entry is counted without a way out; there is only one. */
export const passedOn = (shown: Shown, nodeId: string, port: string): number | null => {
  const passed = passedBy(shown, nodeId);
  return passed && (passed[nodeId === ENTRY ? '' : port] ?? 0);
};

export const passedThrough = (shown: Shown, nodeId: string): number => Object.values(passedBy(shown, nodeId) ?? NOBODY).reduce((sum, count) => sum + count, 0);
