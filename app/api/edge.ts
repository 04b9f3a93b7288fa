/** How ids, instants and pages look at the edge: prefixed ids, ISO 8601 in UTC, opaque cursors. */
import { z } from 'zod';
import { formatId, ID_PREFIXES, parseId, type IdKind } from '#domain/shared/ids.ts';
import { formatInstant, parseInstant, type Instant } from '#domain/shared/time.ts';
import { ApiError } from '#app/api/problem.ts';

/** An id of this kind as text in, as UUID out. */
export const IdOf = (kind: IdKind) =>
  z.string().meta({ description: `An id that begins with \`${ID_PREFIXES[kind]}_\`.`, example: formatId(kind, '0197a3c2-5b1e-7c3d-8e4f-9a0b1c2d3e4f') }).transform((text, context) => {
    const uuid = parseId(kind, text);
    if (uuid !== null) return uuid;
    context.addIssue({ code: 'custom', message: `An id of this kind begins with ${ID_PREFIXES[kind]}_.` });
    return z.NEVER;
  });

/** An id as it leaves. */
export const Id = (kind: IdKind) => z.string().meta({ example: formatId(kind, '0197a3c2-5b1e-7c3d-8e4f-9a0b1c2d3e4f') });

/** An instant as it leaves: ISO 8601 in UTC, workspace time unless said otherwise. */
export const Iso = z.string().meta({ format: 'date-time', example: '2026-03-29T08:00:00.000Z' });

/** An instant as it comes: ISO 8601 with Z or an offset in, epoch milliseconds out. */
export const InstantIn = z.string().meta({ format: 'date-time', example: '2026-03-29T10:00:00+02:00' }).transform((text, context) => {
  const at = parseInstant(text);
  if (at !== null) return at;
  context.addIssue({ code: 'custom', message: 'A time is written in ISO 8601 with Z or an offset.' });
  return z.NEVER;
});

export const iso = (at: Date | Instant): string => formatInstant(typeof at === 'number' ? at : at.getTime());
export const isoOrNull = (at: Date | Instant | null): string | null => (at === null ? null : iso(at));

/** Parameters of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(500).optional().meta({ description: 'The `next` of the page before.' }),
};
export type PageQuery = { limit: number; after?: string | undefined };

export const PageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable().meta({ description: 'Pass it as `after` for the page that follows; null on the last page.' }) });

const Keys = z.array(z.string()).min(1).max(4);
const invalidCursor = (): ApiError => new ApiError('request.invalid', 'The cursor is none of ours.', [{ code: 'cursor', message: 'Take the next of the page before.', path: ['query', 'after'] }]);

/** The keys inside a cursor, each of which must fit; null on the first page. */
export function readCursor(after: string | undefined, fits: readonly RegExp[]): string[] | null {
  if (after === undefined) return null;
  try {
    const keys = Keys.parse(JSON.parse(Buffer.from(after, 'base64url').toString('utf8')));
    if (keys.length === fits.length && keys.every((key, index) => fits[index]?.test(key))) return keys;
  } catch {
    throw invalidCursor();
  }
  throw invalidCursor();
}

export const UUID_KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const TEXT_KEY = /^.{0,300}$/s;
export const INSTANT_KEY = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export const writeCursor = (keys: string[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url');

/** A page of rows that were read with one more than the limit, so that the last page knows that it is the last. */
export function pageOf<Row, Item>(rows: readonly Row[], limit: number, keysOf: (row: Row) => string[], toItem: (row: Row) => Item): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown[shown.length - 1];
  const next = rows.length > limit && last !== undefined ? writeCursor(keysOf(last)) : null;
  return { items: shown.map(toItem), next };
}
