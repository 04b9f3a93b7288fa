/**
 * Two people changed one draft: what each changed since the draft they both had is put together. A part that both changed differently
 * (a step, a note, the entry, the exits, the name) is a conflict, and a person chooses; where cards stand is none.
 */
import type { CanvasNote, Journey, JourneyNode } from '#domain/journeys/definition.ts';
import { findNode } from './graph.ts';
import { ENTRY } from './operation.ts';
import { sameText } from './compare-journeys.ts';

export type Side = 'mine' | 'theirs';
/** A step that one of the two deleted is null there. `id` is a step's or a note's, or the name of a part of the journey. */
export type Conflict =
  | { part: 'node'; id: string; mine: JourneyNode | null; theirs: JourneyNode | null }
  | { part: 'note'; id: string; mine: CanvasNote | null; theirs: CanvasNote | null }
  | { part: 'entry' | 'exits' | 'name'; id: string; mine: Journey; theirs: Journey };
export type Merge = { journey: Journey; conflicts: Conflict[]; /** What the other person changed. */ theirs: string[] };

type Drafts = { base: Journey; mine: Journey; theirs: Journey };
type Part<T> = { value: T | undefined; by: Side | 'both' | 'nobody'; isConflict: boolean };

function pick<T>(base: T | undefined, mine: T | undefined, theirs: T | undefined, choice: Side | undefined): Part<T> {
  const [was, my, other] = [sameText(base), sameText(mine), sameText(theirs)];
  if (my === other) return { value: mine, by: my === was ? 'nobody' : 'both', isConflict: false };
  if (my === was) return { value: theirs, by: 'theirs', isConflict: false };
  if (other === was) return { value: mine, by: 'mine', isConflict: false };
  return { value: choice === 'theirs' ? theirs : mine, by: 'both', isConflict: choice === undefined };
}

/** A list by id in their order, then what I added: so two who meet come to rest at one text. A place on the canvas is taken from whoever moved the card, mine when both did. */
function mergeList<T extends { id: string; position?: { x: number; y: number } | undefined }>(base: readonly T[], mine: readonly T[], theirs: readonly T[], choices: Record<string, Side>) {
  const [was, my, other] = [base, mine, theirs].map((list) => new Map(list.map((item) => [item.id, item])));
  const ids = [...new Set([...theirs, ...mine, ...base].map(({ id }) => id))];
  const bare = (item: T | undefined): Omit<T, 'position'> | undefined => { if (!item) return undefined; const { position: _, ...rest } = item; return rest; };
  const conflicts: { id: string; mine: T | null; theirs: T | null }[] = [];
  const changedByThem: string[] = [];
  const merged = ids.flatMap((id) => {
    const [old, left, right] = [was?.get(id), my?.get(id), other?.get(id)];
    const part = pick(bare(old), bare(left), bare(right), choices[id]);
    if (part.isConflict) conflicts.push({ id, mine: left ?? null, theirs: right ?? null });
    if (sameText(old) !== sameText(right)) changedByThem.push(id);
    const chosen = part.by === 'theirs' || choices[id] === 'theirs' ? right : (left ?? (part.value === undefined ? undefined : right));
    if (!chosen || part.value === undefined) return [];
    const position = left && right ? pick(old?.position, left.position, right.position, 'mine').value : chosen.position;
    return [position ? { ...chosen, position } : chosen];
  });
  return { merged, conflicts, changedByThem };
}

/** Puts together what two people drew since `base`. `choices` answers conflicts; an unanswered one holds mine. */
export function mergeDrafts({ base, mine, theirs }: Drafts, choices: Record<string, Side> = {}): Merge {
  const nodes = mergeList(base.nodes, mine.nodes, theirs.nodes, choices);
  const notes = mergeList(base.notes ?? [], mine.notes ?? [], theirs.notes ?? [], choices);
  const conflicts: Conflict[] = [...nodes.conflicts.map((found) => ({ part: 'node' as const, ...found })), ...notes.conflicts.map((found) => ({ part: 'note' as const, ...found }))];
  const changedByThem = [...nodes.changedByThem, ...notes.changedByThem];
  const whole = <T>(part: 'entry' | 'exits' | 'name', of: (journey: Journey) => T): T => {
    const id = part === 'entry' ? ENTRY : part;
    const picked = pick(of(base), of(mine), of(theirs), choices[id]);
    if (picked.isConflict) conflicts.push({ part, id, mine, theirs });
    if (sameText(of(base)) !== sameText(of(theirs))) changedByThem.push(id);
    return picked.value ?? of(mine);
  };
  const joined: Journey = {
    formatVersion: mine.formatVersion, key: mine.key, name: whole('name', ({ name }) => name), entry: whole('entry', ({ entry }) => entry), exits: whole('exits', ({ exits }) => exits), nodes: nodes.merged.slice(0, 500),
    ...(notes.merged.length > 0 && { notes: notes.merged.slice(0, 100) }),
  };
  const there = (target: string | null): string | null => (target !== null && findNode(joined, target) ? target : null);
  const journey = { ...joined, entry: { ...joined.entry, next: there(joined.entry.next) }, nodes: joined.nodes.map((node) => ({ ...node, next: Object.fromEntries(Object.entries(node.next).map(([port, target]) => [port, there(target)])) })) };
  return { journey, conflicts, theirs: changedByThem };
}
