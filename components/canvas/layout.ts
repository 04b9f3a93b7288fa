/** Where cards stand, and room for a new one. The entry stands still at the top. */
import type { Journey } from '#domain/journeys/definition.ts';
import { downstreamOf, findNode, portsOf, targetOf } from '#domain/journeys/operations/graph.ts';
import { ENTRY, type Port, type Position, type Positions } from '#domain/journeys/operations/operation.ts';

export const CARD_WIDTH = 260;
export const ENTRY_WIDTH = 320;
export const GRID = 20;
/** Of a live card of usual text, before the browser has measured it: under a lower guess the ways out of a branch have no room for their names and «+». */
const CARD_HEIGHT = 120;
const ENTRY_HEIGHT = 170;
export const GAP_BELOW = 84;
export const GAP_BESIDE = 60;

/** Heights as the browser measured them, by node id. */
export type Heights = Record<string, number>;

export const ENTRY_POSITION: Position = { x: (CARD_WIDTH - ENTRY_WIDTH) / 2, y: 0 };
export const snap = (value: number): number => Math.round(value / GRID) * GRID;
export const heightOf = (heights: Heights, nodeId: string): number => heights[nodeId] ?? (nodeId === ENTRY ? ENTRY_HEIGHT : CARD_HEIGHT);

const positionOf = (journey: Journey, nodeId: string): Position => (nodeId === ENTRY ? ENTRY_POSITION : (findNode(journey, nodeId)?.position ?? { x: 0, y: 0 }));

function isTaken(journey: Journey, at: Position, heights: Heights): boolean {
  return journey.nodes.some(({ id, position }) => position && Math.abs(position.x - at.x) < CARD_WIDTH + 20 && at.y < position.y + heightOf(heights, id) + 20 && position.y < at.y + CARD_HEIGHT + 20);
}

/** The place of a card added on a way out. On a connection, what follows moves down when there is no room. */
export function placeAfter(journey: Journey, port: Port, heights: Heights): { position: Position; moves: Positions } {
  const from = positionOf(journey, port.nodeId);
  const below = snap(from.y + heightOf(heights, port.nodeId) + GAP_BELOW);
  const followed = targetOf(journey, port);
  const next = followed === null ? null : positionOf(journey, followed);
  if (followed !== null && next && next.y > from.y) {
    const position = { x: next.x, y: Math.min(next.y, below) };
    const missing = position.y + CARD_HEIGHT + GAP_BELOW - next.y;
    if (missing <= 0) return { position, moves: {} };
    const following = downstreamOf(journey, followed);
    const moves = journey.nodes.filter((node) => following.has(node.id) && (node.position?.y ?? 0) >= next.y).map(({ id, position: at = next }) => [id, { x: at.x, y: at.y + Math.ceil(missing / GRID) * GRID }]);
    return { position, moves: Object.fromEntries(moves) };
  }
  const node = findNode(journey, port.nodeId);
  const ports = node ? portsOf(node).filter((each) => each !== 'error') : ['next'];
  const place = Math.max(0, ports.indexOf(port.port)) - (ports.length - 1) / 2;
  const center = from.x + (port.nodeId === ENTRY ? ENTRY_WIDTH - CARD_WIDTH : 0) / 2;
  const position = { x: snap(center + place * (CARD_WIDTH + GAP_BESIDE)), y: below };
  while (isTaken(journey, position, heights)) position.x += CARD_WIDTH + GAP_BESIDE;
  return { position, moves: {} };
}

/** Where what follows a way out moves so that several cards have room before it. */
export function makeRoom(journey: Journey, port: Port, cards: readonly { id: string; position?: Position | undefined }[], heights: Heights): Positions {
  const followed = targetOf(journey, port);
  if (followed === null || cards.some(({ id }) => id === followed)) return {};
  const bottom = Math.max(...cards.map(({ id, position }) => (position?.y ?? 0) + heightOf(heights, id)));
  const top = positionOf(journey, followed).y;
  const missing = Math.ceil((bottom + GAP_BELOW - top) / GRID) * GRID;
  if (missing <= 0) return {};
  const [following, moved] = [downstreamOf(journey, followed), new Set(cards.map(({ id }) => id))];
  return Object.fromEntries(journey.nodes.flatMap(({ id, position }) => (position && following.has(id) && !moved.has(id) && position.y >= top ? [[id, { x: position.x, y: position.y + missing }]] : [])));
}
