/** Helper lines while a card is moved: it snaps to the edges and middles of other cards that are near, and says along which lines; else to the grid. */
export type Box = { x: number; y: number; width: number; height: number };
export type Line = { axis: 'x' | 'y'; at: number; from: number; to: number };
export type Aligned = { x: number; y: number; lines: Line[] };

const NEAR = 7;

type Axis = { start: 'x' | 'y'; size: 'width' | 'height'; across: 'x' | 'y'; thick: 'width' | 'height' };
const AXES: readonly Axis[] = [{ start: 'x', size: 'width', across: 'y', thick: 'height' }, { start: 'y', size: 'height', across: 'x', thick: 'width' }];
const toGrid = (value: number, grid: number): number => Math.round(value / grid) * grid;
const marks = (box: Box, { start, size }: Axis): number[] => [box[start], box[start] + box[size] / 2, box[start] + box[size]];

/** Where `moved` stands once it has snapped; on the grid, and no lines, when no other card is near in line. */
export function alignWith(moved: Box, others: readonly Box[], grid: number): Aligned {
  const aligned: Aligned = { x: toGrid(moved.x, grid), y: toGrid(moved.y, grid), lines: [] };
  for (const axis of AXES) {
    let best: { by: number; at: number; box: Box } | null = null;
    for (const box of others) {
      for (const at of marks(box, axis)) {
        for (const mark of marks(moved, axis)) {
          const by = at - mark;
          if (Math.abs(by) <= NEAR && (best === null || Math.abs(by) < Math.abs(best.by))) best = { by, at, box };
        }
      }
    }
    if (best === null) continue;
    aligned[axis.start] = moved[axis.start] + best.by;
    const { across, thick } = axis;
    aligned.lines.push({ axis: axis.start, at: best.at, from: Math.min(moved[across], best.box[across]), to: Math.max(moved[across] + moved[thick], best.box[across] + best.box[thick]) });
  }
  return aligned;
}
