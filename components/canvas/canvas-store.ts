'use client';
/** The state of one designer: the drawing with its undo, what is selected, what is saved, and what is known from the server. Nodes are found by id. */
import { createContext, useContext } from 'react';
import { createStore, useStore, type StoreApi } from 'zustand';
import type { Journey, JourneyNode } from '#domain/journeys/definition.ts';
import type { References } from '#domain/journeys/node-kind.ts';
import { nodeKind, type NodeKind } from '#domain/journeys/node-kinds.ts';
import { portsOf, targetOf } from '#domain/journeys/operations/graph.ts';
import { beginDrawing, draw, redo, undo, type Drawing } from '#domain/journeys/operations/history.ts';
import { sameText } from '#domain/journeys/operations/compare-journeys.ts';
import type { Merge } from '#domain/journeys/operations/merge-drafts.ts';
import { ENTRY, type Operation, type Port, type Position } from '#domain/journeys/operations/operation.ts';
import { placeOfProblem } from '#domain/journeys/place-of-problem.ts';
import { validateJourney } from '#domain/journeys/validate.ts';
import { checkWithinStores } from '#domain/journeys/within-stores.ts';
import type { Warning } from '#domain/journeys/warn.ts';
import type { Problem } from '#domain/shared/result.ts';
import { placeAfter, type Heights } from './layout.ts';
import type { Figures, Present } from './journey-api.ts';
import type { PathOf } from './journey-path.ts';

export type Saving = { kind: 'saved'; at: number } | { kind: 'unsaved' } | { kind: 'saving' } | { kind: 'offline' } | { kind: 'failed'; message: string } | { kind: 'conflict' };
export type FootPanel = 'problems' | 'outline' | 'versions' | 'figures';
type Adding = { port: Port; x: number; y: number };
/** What somebody else saved meanwhile, and what of it can't be put together with this drawing without a choice. */
export type Meeting = { theirs: Journey; revision: number; merge: Merge };
export type Overlay = 'find' | 'actions' | 'shortcuts' | 'export' | 'publish' | 'promote' | 'compare';

export type CanvasState = {
  journeyId: string;
  drawing: Drawing;
  nodes: Record<string, JourneyNode>;
  problems: Problem[];
  problemsOf: Record<string, Problem[]>;
  warningsOf: Record<string, Warning[]>;
  /** Open comments by step. */
  commentsOf: Record<string, number>;
  others: readonly Present[];
  references: References | null;
  readOnly: boolean;
  selected: readonly string[];
  /** The open «add next step» menu, at a place of the window. */
  adding: Adding | null;
  foot: FootPanel | null;
  /** Counts up when a person asks to edit: the inspector takes the focus. */
  editRequests: number;
  /** Counts up when the selection should be brought into view. */
  showRequests: number;
  saving: Saving;
  /** Steps that wait for the place they are moved to. */
  moving: readonly string[];
  /** Where the keyboard was last: what an edit brings is shown there. */
  working: 'canvas' | 'outline';
  /** What lies over the designer. */
  overlay: Overlay | null;
  /** The draft as the server last gave or took it. */
  base: Journey;
  meeting: Meeting | null;
  revision: number;
  figures: Figures | null;
  /** The past day whose figures are shown in place of today's. */
  day: string | null;
  /** What passed since the beginning, or on the day. */
  span: 'all' | 'day';
  path: PathOf | null;
  heights: Heights;
};

type CanvasActions = {
  act: (operation: Operation, options?: { merge?: boolean }) => void;
  undo: () => void;
  redo: () => void;
  select: (ids: readonly string[]) => void;
  edit: (id: string) => void;
  show: (id: string) => void;
  deleteSelected: () => void;
  /** Without a connection it may have to wait until it is loaded: then it does nothing. */
  tidy: () => Promise<void>;
  /** Adds a step on a way out, or at a place without a connection, and selects it. */
  addStep: (kind: NodeKind, where: { after: Port } | { at: Position }) => void;
  set: (part: Partial<CanvasState>) => void;
  /** Begins anew from what the server holds. */
  load: (journey: Journey, revision: number) => void;
  /** Takes over a drawing with its undo, made on the server's draft `base`: kept in this browser, or put together with somebody else's. */
  adopt: (drawing: Drawing, base: Journey, revision: number) => void;
};
export type CanvasStore = StoreApi<CanvasState & CanvasActions>;

const MERGES_WITHIN_MS = 1_500;

/** `within`: the keys of the only stores that the person acts for; null without such a limit. */
function derive(journey: Journey, references: References | null, within: ReadonlySet<string> | null): Pick<CanvasState, 'nodes' | 'problems' | 'problemsOf'> {
  const problems = [...(within ? checkWithinStores(journey, within) : []), ...validateJourney(journey, references ?? {})];
  const problemsOf: Record<string, Problem[]> = {};
  for (const problem of problems) {
    (problemsOf[placeOfProblem(journey, problem)] ??= []).push(problem);
  }
  return { nodes: Object.fromEntries(journey.nodes.map((node) => [node.id, node])), problems, problemsOf };
}

export const newNodeId = (kind: string): string => `${kind}-${crypto.randomUUID().slice(0, 8)}`;

/** The way out that a step chosen from the palette is added to: the first open one of the selection, else its first. */
export function usualPort(journey: Journey, selected: string | undefined): Port {
  const node = journey.nodes.find(({ id }) => id === selected);
  const ports = node ? portsOf(node) : [];
  const open = node && ports.find((port) => targetOf(journey, { nodeId: node.id, port }) === null);
  const port = open ?? ports[0];
  return node && port !== undefined ? { nodeId: node.id, port } : { nodeId: ENTRY, port: 'next' };
}

/** The journey's cards all have places. */
export function makeCanvasStore(initial: { journeyId: string; journey: Journey; revision: number; readOnly: boolean; savedAt: number; within?: ReadonlySet<string> | null }): CanvasStore {
  const { within = null } = initial;
  return createStore((set, get) => {
    let lastEditAt = 0;
    const redraw = (drawing: Drawing): void => {
      const state = get();
      if (drawing === state.drawing) return;
      const derived = derive(drawing.journey, state.references, within);
      const known = (id: string): boolean => id === ENTRY || id in derived.nodes || Boolean(drawing.journey.notes?.some((note) => note.id === id));
      set({ drawing, ...derived, saving: state.saving.kind === 'conflict' ? state.saving : { kind: 'unsaved' }, selected: state.selected.filter(known), moving: state.moving.filter(known) });
    };
    const { journey } = initial;
    return {
      journeyId: initial.journeyId, drawing: beginDrawing(journey), ...derive(journey, null, within), references: null, readOnly: initial.readOnly, selected: [], adding: null, foot: null, editRequests: 0, showRequests: 0,
      saving: { kind: 'saved', at: initial.savedAt }, moving: [], working: 'canvas', overlay: null, warningsOf: {}, commentsOf: {}, others: [], base: journey, meeting: null, revision: initial.revision, figures: null, day: null, span: 'all', path: null, heights: {},
      act: (operation, { merge = false } = {}) => {
        if (get().readOnly) return;
        const now = performance.now();
        redraw(draw(get().drawing, operation, { merge: merge && now - lastEditAt < MERGES_WITHIN_MS }));
        lastEditAt = now;
      },
      undo: () => redraw(undo(get().drawing)),
      redo: () => redraw(redo(get().drawing)),
      select: (selected) => set({ selected }),
      edit: (id) => set((state) => ({ selected: [id], editRequests: state.editRequests + 1 })),
      show: (id) => set((state) => ({ selected: [id], showRequests: state.showRequests + 1 })),
      deleteSelected: () => {
        const { selected, drawing, act } = get();
        const nodeIds = selected.filter((id) => id !== ENTRY);
        if (nodeIds.length === 0) return;
        const before = drawing.journey;
        const into = before.nodes.find((node) => Object.values(node.next).some((target) => target !== null && nodeIds.includes(target)) && !nodeIds.includes(node.id));
        act({ kind: 'deleteNodes', nodeIds });
        if (get().drawing !== drawing) set({ selected: [into?.id ?? ENTRY] });
      },
      tidy: async () => {
        const { tidyPositions } = await import('./tidy-layout.ts');
        get().act({ kind: 'tidyLayout', positions: tidyPositions(get().drawing.journey, get().heights) });
      },
      addStep: (kind, where) => {
        const { drawing, act, heights } = get();
        const placed = 'after' in where ? placeAfter(drawing.journey, where.after, heights) : { position: where.at, moves: {} };
        const node = { id: newNodeId(kind), kind, settings: nodeKind(kind).defaults(get().references ?? {}), next: {}, position: placed.position } as JourneyNode;
        act({ kind: 'addNode', node, moves: placed.moves, ...('after' in where ? { after: where.after } : {}) });
        if (get().nodes[node.id]) set((state) => ({ selected: [node.id], adding: null, showRequests: state.showRequests + 1 }));
      },
      set: (part) => set(part.references ? { ...part, ...derive(get().drawing.journey, part.references, within) } : part),
      load: (loaded, revision) => {
        set({ drawing: beginDrawing(loaded), ...derive(loaded, get().references, within), base: loaded, meeting: null, revision, saving: { kind: 'saved', at: Date.now() }, selected: [], adding: null });
      },
      adopt: (drawing, base, revision) => {
        const saved = sameText(drawing.journey) === sameText(base);
        set({ ...derive(drawing.journey, get().references, within), base, meeting: null, revision, saving: saved ? { kind: 'saved', at: Date.now() } : { kind: 'unsaved' }, drawing });
      },
    };
  });
}

export const CanvasContext = createContext<CanvasStore | null>(null);

export function useCanvasStore(): CanvasStore {
  const store = useContext(CanvasContext);
  if (!store) throw new Error('A part of the designer stands outside of it.');
  return store;
}

/** A part of the designer's state; the component is drawn again when it changes. */
export const useCanvas = <T>(select: (state: CanvasState & CanvasActions) => T): T => useStore(useCanvasStore(), select);
