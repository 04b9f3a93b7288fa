/** The journey as an SVG of its own: cards, connections and notes, with no page around it. For files, slides and paper. */
import type { Journey, JourneyNode } from '#domain/journeys/definition.ts';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { edgesOf, findNode, portsOf } from '#domain/journeys/operations/graph.ts';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { CARD_WIDTH, ENTRY_POSITION, ENTRY_WIDTH, type Heights } from './layout.ts';
import { describeEntry, describeNode, portName } from './sentences.ts';
import type { Speech } from './speech.ts';

export type Picture = { svg: string; width: number; height: number };
/** Colours by name, as the theme gives them: `surface`, `line`, `text`, `quiet`, `family-time`… */
/** What a comparison says of a card. */
export type Mark = 'added' | 'removed' | 'changed' | 'moved';
const MARK_COLOURS: Record<Mark, string> = { added: 'live', removed: 'danger', changed: 'warning', moved: 'quiet' };
export type Colours = (name: string) => string;

const MARGIN = 40;
const FONT = 'Inter, system-ui, sans-serif';
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

/** Text in lines of about `width` pixels, the last one cut when there are more than `most`. */
export function wrapText(text: string, width: number, size: number, most: number): string[] {
  const perLine = Math.max(4, Math.floor(width / (size * 0.54)));
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line && line.length + word.length + 1 > perLine) { lines.push(line); line = word; } else line = line ? `${line} ${word}` : word;
    }
    lines.push(line);
  }
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]?.slice(0, perLine - 1) ?? ''}…`];
}

const textAt = (x: number, y: number, lines: string[], size: number, colour: string, weight = 400): string =>
  `<text x="${x}" y="${y}" font-family="${FONT}" font-size="${size}" font-weight="${weight}" fill="${colour}">${lines.map((line, index) => `<tspan x="${x}" dy="${index === 0 ? 0 : size * 1.35}">${escape(line)}</tspan>`).join('')}</text>`;

type Card = { id: string; x: number; y: number; width: number; height: number; family: string; title: string[]; detail: string[] };

function cardsOf(journey: Journey, heights: Heights, speech: Speech): Card[] {
  const card = (id: string, at: { x: number; y: number }, width: number, family: string, title: string, detail: string): Card => {
    const [lines, small] = [wrapText(title, width - 32, 14, 3), wrapText(detail, width - 32, 12, id === ENTRY ? 6 : 2)];
    return { id, ...at, width, family, title: lines, detail: small, height: Math.max(heights[id] ?? 0, 22 + lines.length * 19 + small.length * 17) };
  };
  const entry = describeEntry(journey, speech);
  return [
    card(ENTRY, ENTRY_POSITION, ENTRY_WIDTH, 'entry', entry.sentence, [entry.detail, entry.reentry, entry.exits, entry.goal].join('\n')),
    ...journey.nodes.map((node) => { const { sentence, detail } = describeNode(node, speech); return card(node.id, node.position ?? { x: 0, y: 0 }, CARD_WIDTH, nodeKind(node.kind).family, sentence, detail); }),
  ];
}

/** A way from the foot of one card to the head of another, in straight lines. */
function edgePath(fromX: number, fromY: number, toX: number, toY: number): string {
  if (toY > fromY) { const middle = Math.max(fromY + 34, (fromY + toY) / 2); return `M${fromX} ${fromY}V${middle}H${toX}V${toY}`; }
  const side = Math.max(fromX, toX) + CARD_WIDTH / 2 + 30;
  return `M${fromX} ${fromY}v24H${side}V${toY - 24}H${toX}V${toY}`;
}

function edgesIn(journey: Journey, cards: ReadonlyMap<string, Card>, speech: Speech, colour: Colours): string[] {
  return edgesOf(journey).flatMap(({ from, to }) => {
    const [source, target] = [cards.get(from.nodeId), cards.get(to)];
    if (!source || !target) return [];
    const node: JourneyNode | null = findNode(journey, from.nodeId);
    const ports = node ? portsOf(node) : ['next'];
    const x = source.x + (source.width * (ports.indexOf(from.port) + 0.5)) / ports.length;
    const y = source.y + source.height;
    const name = portName(node, from.port, speech);
    const width = name.length * 6.6 + 12;
    const chip = ports.length > 1 ? `<rect x="${x - width / 2}" y="${y + 8}" width="${width}" height="18" rx="6" fill="${colour('surface')}" stroke="${colour('line')}"/>${textAt(x - width / 2 + 6, y + 21, [name], 12, colour('quiet'))}` : '';
    return [`<path d="${edgePath(x, y, target.x + target.width / 2, target.y)}" fill="none" stroke="${colour('line-strong')}" stroke-width="1.5"/>${chip}`];
  });
}

const outline = (mark: Mark | undefined, colour: Colours): string =>
  mark ? `stroke="${colour(MARK_COLOURS[mark])}" stroke-width="3"${mark === 'removed' || mark === 'moved' ? ' stroke-dasharray="8 5"' : ''}` : `stroke="${colour('line-strong')}"`;

export function drawPicture(journey: Journey, heights: Heights, speech: Speech, colour: Colours, marks: Record<string, Mark> = {}): Picture {
  const cards = cardsOf(journey, heights, speech);
  const notes = (journey.notes ?? []).map((note) => { const lines = wrapText(note.text, note.width - 24, 13, 40); return { ...note, lines, height: 20 + lines.length * 18 }; });
  const boxes = [...cards, ...notes.map(({ position, width, height }) => ({ ...position, width, height }))];
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)) - MARGIN, Math.min(...boxes.map(({ y }) => y)) - MARGIN];
  const [width, height] = [Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN - left, Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN + 40 - top];
  const parts = [
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${colour('ground')}"/>`,
    ...edgesIn(journey, new Map(cards.map((card) => [card.id, card])), speech, colour),
    ...notes.map(({ position: { x, y }, ...note }) => `<rect x="${x}" y="${y}" width="${note.width}" height="${note.height}" rx="6" fill="${colour('surface')}" stroke="${colour('family-decide')}"/>${textAt(x + 12, y + 22, note.lines, 13, colour('text'))}`),
    ...cards.map(({ id, x, y, family, title, detail, ...card }) => `<rect x="${x}" y="${y}" width="${card.width}" height="${card.height}" rx="6" fill="${colour('surface')}" ${outline(marks[id], colour)}/><rect x="${x}" y="${y}" width="4" height="${card.height}" rx="2" fill="${colour(`family-${family}`)}"/>${textAt(x + 18, y + 24, title, 14, colour('text'), 600)}${textAt(x + 18, y + 24 + title.length * 19, detail, 12, colour('quiet'))}`),
  ];
  return { width, height, svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}"><title>${escape(journey.name)}</title>${parts.join('')}</svg>` };
}
