/** Where an arrow key leads from a card: along the connections up and down, to the nearest card at either side. */
import type { Journey } from '#domain/journeys/definition.ts';
import { edgesOf, findNode, portsInto } from '#domain/journeys/operations/graph.ts';
import { ENTRY, type Position } from '#domain/journeys/operations/operation.ts';
import { ENTRY_POSITION } from './layout.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

const positionOf = (journey: Journey, id: string): Position => (id === ENTRY ? ENTRY_POSITION : (findNode(journey, id)?.position ?? { x: 0, y: 0 }));

/** The card next to `id`, or null when there is none that way. Up and down follow connections first, then geometry. */
export function neighbourOf(journey: Journey, id: string, direction: Direction): string | null {
  const here = positionOf(journey, id);
  if (direction === 'down') {
    const next = edgesOf(journey).find(({ from, to }) => from.nodeId === id && to !== id);
    if (next) return next.to;
  }
  if (direction === 'up') {
    const [into] = portsInto(journey, id).filter((port) => port.nodeId !== id && positionOf(journey, port.nodeId).y < here.y);
    if (into) return into.nodeId;
  }
  const ahead = [ENTRY, ...journey.nodes.map((node) => node.id)].flatMap((other) => {
    if (other === id) return [];
    const at = positionOf(journey, other);
    const [along, across] = direction === 'down' ? [at.y - here.y, at.x - here.x] : direction === 'up' ? [here.y - at.y, at.x - here.x] : direction === 'right' ? [at.x - here.x, at.y - here.y] : [here.x - at.x, at.y - here.y];
    return along > 20 ? [{ other, far: along + 2 * Math.abs(across) }] : [];
  });
  return ahead.sort((left, right) => left.far - right.far)[0]?.other ?? null;
}
