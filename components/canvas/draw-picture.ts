/** The journey as an SVG of its own: cards, connections and notes, with no page around it. For files, slides and paper. */
import type { Journey, JourneyNode } from '#domain/journeys/definition.ts';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { edgesOf, findNode, portsOf } from '#domain/journeys/operations/graph.ts';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { CARD_WIDTH, ENTRY_POSITION, ENTRY_WIDTH } from './layout.ts';
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

/** Of a letter, in parts of the type's size: bold is wider, and where a picture is looked at the type may be another than ours. */
const LETTER = { plain: 0.56, bold: 0.61 } as const;

/** Text in lines of about `width` pixels, the last one cut when there are more than `most`. */
export function wrapText(text: string, width: number, size: number, most: number, weight: keyof typeof LETTER = 'plain'): string[] {
  const perLine = Math.max(4, Math.floor(width / (size * LETTER[weight])));
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

function cardsOf(journey: Journey, speech: Speech): Card[] {
  const card = (id: string, at: { x: number; y: number }, width: number, family: string, title: string, detail: string): Card => {
    const [lines, small] = [wrapText(title, width - 32, 14, 4, 'bold'), wrapText(detail, width - 32, 12, id === ENTRY ? 8 : 3)];
    return { id, ...at, width, family, title: lines, detail: small, height: 22 + lines.length * 19 + small.length * 17 };
  };
  const entry = describeEntry(journey, speech);
  return [
    card(ENTRY, ENTRY_POSITION, ENTRY_WIDTH, 'entry', entry.sentence, [entry.detail, entry.reentry, entry.exits, entry.goal].join('\n')),
    ...journey.nodes.map((node) => { const { sentence, detail } = describeNode(node, speech); return card(node.id, node.position ?? { x: 0, y: 0 }, CARD_WIDTH, nodeKind(node.kind).family, sentence, detail); }),
  ];
}

/** Room between rows of a picture: for the name of a way out and its bend. */
const ROOM = 48;

/** Where a height of the canvas is in the picture: bands in which nothing stands are no higher than they must be, so that all is larger on paper. */
export function squeezed(boxes: readonly { y: number; height: number }[]): (y: number) => number {
  const saved: { from: number; by: number }[] = [];
  let [reached, by] = [Number.NEGATIVE_INFINITY, 0];
  for (const { y, height } of [...boxes].sort((one, other) => one.y - other.y)) {
    if (y - reached > ROOM && Number.isFinite(reached)) saved.push({ from: y, by: (by += y - reached - ROOM) });
    reached = Math.max(reached, y + height);
  }
  return (y) => y - (saved.findLast(({ from }) => from <= y)?.by ?? 0);
}

/** A way from the foot of one card to the head of another, in straight lines. */
function edgePath(fromX: number, fromY: number, toX: number, toY: number): string {
  if (toY > fromY) { const middle = Math.max(fromY + 34, (fromY + toY) / 2); return `M${fromX} ${fromY}V${middle}H${toX}V${toY}`; }
  const side = Math.max(fromX, toX) + CARD_WIDTH / 2 + 30;
  return `M${fromX} ${fromY}v24H${side}V${toY - 24}H${toX}V${toY}`;
}

/** The ways out of a step: to the next card, or into nothing, which is where people leave. One that is the only one has no name. */
function waysOut(source: Card, node: JourneyNode | null, targets: ReadonlyMap<string, Card>, speech: Speech, colour: Colours): string[] {
  const ports = node ? portsOf(node) : ['next'];
  return ports.flatMap((port, index) => {
    const target = targets.get(port);
    if (!target && ports.length === 1) return [];
    const [x, y] = [source.x + (source.width * (index + 0.5)) / ports.length, source.y + source.height];
    const name = portName(node, port, speech);
    const width = name.length * 6.6 + 12;
    const chip = ports.length > 1 ? `<rect x="${x - width / 2}" y="${y + 8}" width="${width}" height="18" rx="6" fill="${colour('surface')}" stroke="${colour('line')}"/><text x="${x}" y="${y + 21}" text-anchor="middle" font-family="${FONT}" font-size="12" fill="${colour('quiet')}">${escape(name)}</text>` : '';
    const way = target ? edgePath(x, y, target.x + target.width / 2, target.y) : `M${x} ${y}V${y + 36}m-5 0h10`;
    return [`<path d="${way}" fill="none" stroke="${colour('line-strong')}" stroke-width="1.5"/>${chip}`];
  });
}

function edgesIn(journey: Journey, cards: ReadonlyMap<string, Card>, speech: Speech, colour: Colours, marks: Record<string, Mark> = {}): string[] {
  const targets = new Map<string, Map<string, Card>>();
  for (const { from, to } of edgesOf(journey)) {
    const target = cards.get(to);
    if (target) targets.set(from.nodeId, (targets.get(from.nodeId) ?? new Map<string, Card>()).set(from.port, target));
  }
  return [...cards.values()].filter(({ id }) => marks[id] !== 'removed').flatMap((card) => waysOut(card, findNode(journey, card.id), targets.get(card.id) ?? new Map<string, Card>(), speech, colour));
}

const outline = (mark: Mark | undefined, colour: Colours): string =>
  mark ? `stroke="${colour(MARK_COLOURS[mark])}" stroke-width="3"${mark === 'removed' || mark === 'moved' ? ' stroke-dasharray="8 5"' : ''}` : `stroke="${colour('line-strong')}"`;

/** `marks` is for a comparison; a picture without it bears the journey's name. */
export function drawPicture(journey: Journey, speech: Speech, colour: Colours, marks?: Record<string, Mark>): Picture {
  const drawn = cardsOf(journey, speech);
  const written = (journey.notes ?? []).map((note) => { const lines = wrapText(note.text, note.width - 24, 13, 40); return { ...note, lines, height: 20 + lines.length * 18 }; });
  const down = squeezed([...drawn, ...written.map(({ position, height }) => ({ y: position.y, height }))]);
  const cards = drawn.map((card) => ({ ...card, y: down(card.y) }));
  const notes = written.map((note) => ({ ...note, position: { x: note.position.x, y: down(note.position.y) } }));
  const boxes = [...cards, ...notes.map(({ position, width, height }) => ({ ...position, width, height }))];
  const heading = marks ? [] : wrapText(journey.name, Math.max(...boxes.map((box) => box.x + box.width)) - Math.min(...boxes.map(({ x }) => x)), 20, 2, 'bold');
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)) - MARGIN, Math.min(...boxes.map(({ y }) => y)) - MARGIN - heading.length * 30];
  const [width, height] = [Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN - left, Math.max(...boxes.map((box) => box.y + box.height)) + MARGIN + 40 - top];
  const parts = [
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${colour('ground')}"/>`,
    textAt(left + MARGIN, top + MARGIN + 12, heading, 20, colour('text'), 600),
    ...edgesIn(journey, new Map(cards.map((card) => [card.id, card])), speech, colour, marks),
    ...notes.map(({ position: { x, y }, ...note }) => `<rect x="${x}" y="${y}" width="${note.width}" height="${note.height}" rx="6" fill="${colour('surface')}" stroke="${colour('family-decide')}"/>${textAt(x + 12, y + 22, note.lines, 13, colour('text'))}`),
    ...cards.map(({ id, x, y, family, title, detail, ...card }) => `<rect x="${x}" y="${y}" width="${card.width}" height="${card.height}" rx="6" fill="${colour('surface')}" ${outline(marks?.[id], colour)}/><rect x="${x}" y="${y}" width="4" height="${card.height}" rx="2" fill="${colour(`family-${family}`)}"/>${textAt(x + 18, y + 24, title, 14, colour('text'), 600)}${textAt(x + 18, y + 24 + title.length * 19, detail, 12, colour('quiet'))}`),
  ];
  return { width, height, svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}"><title>${escape(journey.name)}</title>${parts.join('')}</svg>` };
}
