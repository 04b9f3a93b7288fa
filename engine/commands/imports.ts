/** Commands over an import: what its columns stand for is chosen, it is started, cancelled, gone on with, and taken away with all that was kept of its file. */
import type { JSONValue } from 'postgres';
import { z } from 'zod';
import { IMPORT_KINDS } from '#domain/imports/import-kinds.ts';
import type { ImportSettings } from '#domain/imports/import-settings.ts';
import { checkMapping, headingSignature, type Mapping } from '#domain/imports/mapping.ts';
import { formatId } from '#domain/shared/ids.ts';
import { ok, type Result } from '#domain/shared/result.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

export const IMPORT_STATES = ['loading', 'ready', 'running', 'cancelled', 'done'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

const Row = z.object({ id: z.string(), kind: z.enum(IMPORT_KINDS), headings: z.array(z.string()), mapping: z.array(z.string().nullable()), state: z.enum(IMPORT_STATES), done: z.number(), total: z.number() });
type Stored = z.infer<typeof Row>;

/** The import, held until the end of the transaction. One that is in none of these states is refused. */
async function hold({ transaction }: CommandContext, importId: string, states: readonly ImportState[]): Promise<Stored> {
  const [found] = await transaction`select id, kind, headings, mapping, state, done, total from imports where id = ${importId} for no key update`;
  if (!found) throw new PermanentError('import.unknown', 'There is no such import.');
  const row = Row.parse(found);
  if (!states.includes(row.state)) throw new PermanentError('import.state', `The import is ${row.state}, and this needs one that is ${states.join(' or ')}.`);
  return row;
}

/** Says which column stands for what, and how the file writes; remembered for the next file with the same headings. */
export async function mapImport(context: CommandContext, importId: string, mapping: Mapping, settings: ImportSettings): Promise<Result<void>> {
  const { transaction, workspaceId } = context;
  const { kind, headings } = await hold(context, importId, ['ready']);
  const checked = checkMapping(kind, mapping, headings.length);
  if (!checked.ok) return checked;
  const { startsJourneys: _, dates: __, decimal: ___, ...remembered } = settings;
  const json = (value: unknown) => transaction.json(value as JSONValue);
  await transaction`update imports set mapping = ${json(mapping)}, settings = ${json(settings)} where id = ${importId}`;
  await transaction`
    insert into import_mappings (workspace_id, kind, signature, mapping, settings) values (${workspaceId}, ${kind}, ${headingSignature(headings)}, ${json(mapping)}, ${json(remembered)})
    on conflict (workspace_id, kind, signature) do update set mapping = excluded.mapping, settings = excluded.settings`;
  return ok(undefined);
}

/** Starts an import, or goes on with one that was cancelled; arm it after the commit. */
export async function startImport(context: CommandContext, importId: string): Promise<Result<void>> {
  const { kind, headings, mapping, state, done, total } = await hold(context, importId, ['ready', 'cancelled']);
  const checked = checkMapping(kind, mapping, headings.length);
  if (!checked.ok) return checked;
  await context.transaction`update imports set state = 'running', armed_at = null, started_by = ${context.actor}, started_at = coalesce(started_at, clock_timestamp()), finished_at = null where id = ${importId}`;
  await audit(context, { action: state === 'ready' ? 'import.start' : 'import.resume', subject: formatId('import', importId), after: { kind, rows: total, done } });
  return ok(undefined);
}

/** What was brought in stays; the rest waits until it is gone on with, or taken away. */
export async function cancelImport(context: CommandContext, importId: string): Promise<void> {
  const { kind, done, total } = await hold(context, importId, ['running']);
  await context.transaction`update imports set state = 'cancelled', finished_at = clock_timestamp() where id = ${importId}`;
  await audit(context, { action: 'import.cancel', subject: formatId('import', importId), after: { kind, rows: total, done } });
}

/** Takes the import and the rows of its file away. What it brought in stays. */
export async function deleteImport(context: CommandContext, importId: string): Promise<void> {
  const { kind, done, total } = await hold(context, importId, ['loading', 'ready', 'cancelled', 'done']);
  await context.transaction`delete from imports where id = ${importId}`;
  await audit(context, { action: 'import.delete', subject: formatId('import', importId), after: { kind, rows: total, done } });
}
