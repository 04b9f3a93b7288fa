/** A journey being drawn, with what was done and undone: the state behind Undo and Redo. */
import type { Journey } from '#domain/journeys/definition.ts';
import { applyOperation } from './apply-operation.ts';
import type { Operation, OperationLabel } from './operation.ts';

/** An edit that can be taken back or done again. */
export type Step = { label: OperationLabel; operation: Operation };
export type Drawing = { journey: Journey; past: readonly Step[]; future: readonly Step[] };

/** How many edits can be taken back. */
export const DEEPEST_UNDO = 500;

export const beginDrawing = (journey: Journey): Drawing => ({ journey, past: [], future: [] });

const touchSame = (left: Operation, right: Operation): boolean => {
  if (left.kind !== 'restore' || right.kind !== 'restore') return false;
  const [a, b] = [left.parts, right.parts];
  const within = b.nodes.every(({ id, node }) => node !== null && a.nodes.some((part) => part.id === id && part.node !== null));
  return within && Object.keys(b).every((part) => part in a);
};

const isSameEdit = (left: OperationLabel, right: OperationLabel): boolean => left.code === right.code && left.nodeKind === right.nodeKind && left.count === right.count;

/**
 * Applies an edit and remembers its inverse; what had been undone is forgotten. An edit that changes nothing is not remembered. With `merge`,
 * an edit of the same name on the same parts becomes one with the last: a word that is typed is undone as a word.
 */
export function draw(drawing: Drawing, operation: Operation, options: { merge?: boolean } = {}): Drawing {
  const { journey, inverse, label } = applyOperation(drawing.journey, operation);
  if (journey === drawing.journey) return drawing;
  const last = drawing.past.at(-1);
  if (options.merge && last && drawing.future.length === 0 && isSameEdit(last.label, label) && touchSame(last.operation, inverse)) {
    const renamed = label.after ? { ...last.label, after: label.after } : last.label;
    return { ...drawing, journey, past: [...drawing.past.slice(0, -1), { label: renamed, operation: last.operation }] };
  }
  return { journey, past: [...drawing.past, { label, operation: inverse }].slice(-DEEPEST_UNDO), future: [] };
}

/** Takes the last edit back; the same drawing when there is none. */
export function undo(drawing: Drawing): Drawing {
  const step = drawing.past.at(-1);
  if (!step) return drawing;
  const { journey, inverse } = applyOperation(drawing.journey, step.operation);
  return { journey, past: drawing.past.slice(0, -1), future: [...drawing.future, { label: step.label, operation: inverse }] };
}

/** Does again what was last taken back; the same drawing when there is none. */
export function redo(drawing: Drawing): Drawing {
  const step = drawing.future.at(-1);
  if (!step) return drawing;
  const { journey, inverse } = applyOperation(drawing.journey, step.operation);
  return { journey, past: [...drawing.past, { label: step.label, operation: inverse }], future: drawing.future.slice(0, -1) };
}

const touches = ({ operation }: Step, ids: ReadonlySet<string>): boolean =>
  operation.kind === 'restore' && (operation.parts.nodes.some(({ id }) => ids.has(id)) || ['entry', 'exits', 'name'].some((part) => ids.has(part) && part in operation.parts) || (operation.parts.notes ?? []).some(({ id }) => ids.has(id)));

/** The drawing after somebody else's changes to `ids` were put into it: edits up to the last one that touched the same can no longer be taken back. */
export function rebase(drawing: Drawing, journey: Journey, ids: readonly string[]): Drawing {
  const theirs = new Set(ids);
  return { journey, past: drawing.past.slice(drawing.past.findLastIndex((step) => touches(step, theirs)) + 1), future: [] };
}
