/**
 * What the timeline says of messages after they were planned, line by line: within one instant an e-mail may leave, its event be heard, and only then a text
 * be held back. The place of a line among the steps of journeys tells which burst knew of it.
 */
import { z } from 'zod';
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { StoredTrace } from './stored-history.ts';

/** Steps that the kernel itself writes; the other lines of a timeline tell what dispatch and vendors did. */
export const STEPS: readonly string[] = ['entered', 'entryRefused', 'passed', 'waiting', 'failed', 'ended'];

/** What was told of a message, or of a request and its answer. */
const Note = z.union([z.object({ code: z.string(), messageKey: z.string() }), z.object({ code: z.string(), requestKey: z.string() })]);
const keyOf = (named: Record<string, unknown>): unknown => named['messageKey'] ?? named['requestKey'];
/** A reservation that dispatch moved: to the end of a hold, or to another channel. */
const Move = z.discriminatedUnion('code', [
  z.object({ code: z.literal('message.held'), messageKey: z.string(), reason: z.object({ figures: z.object({ until: z.number() }) }) }),
  z.object({ code: z.literal('message.channelChanged'), messageKey: z.string(), reason: z.object({ figures: z.object({ to: z.string() }) }) }),
]);

type Line = { line: number; at: Instant };
export type DispatchNotes = {
  /** Oldest first. */
  moves: (Line & { messageKey: string; to: Partial<LedgerEntry> })[];
  /** The last line of this code about each message or request, by code and key. */
  last: ReadonlyMap<string, Line>;
  /** By instant, code and key. */
  lines: ReadonlyMap<string, number>;
  steps: readonly number[];
};

export function readNotes(traces: readonly StoredTrace[]): DispatchNotes {
  const moves: DispatchNotes['moves'] = [];
  const last = new Map<string, Line>();
  const lines = new Map<string, number>();
  traces.forEach(({ kind, at, data }, line) => {
    const note = kind === 'message' || kind === 'request' ? Note.safeParse(data) : null;
    if (!note?.success) return;
    const name = `${note.data.code} ${String(keyOf(note.data))}`;
    last.set(name, { line, at });
    lines.set(`${at} ${name}`, line);
    const move = Move.safeParse(data);
    if (move.success) moves.push({ line, at, messageKey: move.data.messageKey, to: move.data.code === 'message.held' ? { at: move.data.reason.figures.until } : { at, channel: move.data.reason.figures.to } });
  });
  return { moves, last, lines, steps: traces.flatMap(({ kind }, line) => (STEPS.includes(kind) ? [line] : [])) };
}

/** The line that told of what this event tells; null when it is of no message and no request. */
export function lineOf({ lines }: DispatchNotes, { type, acceptedAt, properties }: CustomerEvent): number | null {
  return lines.get(`${acceptedAt} ${type} ${String(keyOf(properties))}`) ?? null;
}

/** The first step of a journey after a line: what stands before it was known to the burst that took this step. */
export const nextStep = ({ steps }: DispatchNotes, line: number): number => steps.find((step) => step > line) ?? Infinity;

/** How many lines of its instant a burst knew that answers these events. */
export function knownLines(notes: DispatchNotes, events: readonly CustomerEvent[]): number {
  const heard = events.flatMap((event) => lineOf(notes, event) ?? []);
  return heard.length === 0 ? Infinity : nextStep(notes, Math.max(...heard));
}
