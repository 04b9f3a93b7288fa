'use client';
/** Keeps each journey's drawing with its undo in this browser, so that a reload, a crash or a day without connection loses nothing. */
import type { Journey } from '#domain/journeys/definition.ts';
import type { Drawing } from '#domain/journeys/operations/history.ts';

/** `base` and `revision` are the server's draft that the drawing was made on. */
export type Kept = { journeyId: string; revision: number; base: Journey; drawing: Drawing; at: number };

const DATABASE = 'parcours-drawings';
const TABLE = 'drawings';
const KEPT_FOR_MS = 30 * 86_400_000;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(TABLE, { keyPath: 'journeyId' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB does not open.'));
  });
}

const answerOf = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error ?? new Error('IndexedDB does not answer.'));
});

async function within<T>(mode: IDBTransactionMode, work: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await answerOf(work(database.transaction(TABLE, mode).objectStore(TABLE)));
  } finally {
    database.close();
  }
}

/** A browser that keeps nothing (a private window) draws without it. */
const orNothing = <T>(work: Promise<T>): Promise<T | null> => work.catch(() => null);

export const readKept = async (journeyId: string): Promise<Kept | null> => (await orNothing(within<Kept | undefined>('readonly', (table) => table.get(journeyId) as IDBRequest<Kept | undefined>))) ?? null;
export const keepDrawing = (kept: Kept): Promise<unknown> => orNothing(within('readwrite', (table) => table.put(kept)));

/** Drawings that nobody has opened for thirty days go. */
export async function forgetOld(now: number): Promise<void> {
  const all = (await orNothing(within<Kept[]>('readonly', (table) => table.getAll() as IDBRequest<Kept[]>))) ?? [];
  for (const { journeyId, at } of all) if (at < now - KEPT_FOR_MS) await orNothing(within('readwrite', (table) => table.delete(journeyId)));
}
