/**
 * A post of a shop, made into events by its connector's mapping and taken in with everything that ingest does (§11.4). All or nothing: when one of its events
 * cannot be taken, none is, and the post waits in quarantine as it came. What was taken before, with whatever body, is a duplicate.
 */
import type { Transaction } from '#db/connection.ts';
import type { PostState } from '#domain/connectors/connector.ts';
import { mapPost } from '#domain/connectors/map-post.ts';
import type { ConnectorMapping } from '#domain/connectors/mapping.ts';
import type { Problem } from '#domain/shared/result.ts';
import { ingestWithin, type IngestAnswer } from '#engine/ingest-events.ts';
import type { LoadedWorkspace } from '#engine/load-workspace.ts';

export type Post = { headers: Readonly<Record<string, string | undefined>>; body: Buffer };
export type TakenPost = { state: Exclude<PostState, 'refused'>; problems: Problem[]; eventIds: string[]; accepted: number };

/** Carries the problems out of a part of the transaction that is undone. */
class NotTaken extends Error {
  constructor(readonly problems: Problem[]) { super('a post could not be taken'); }
}

const quarantined = (problems: Problem[]): TakenPost => ({ state: 'quarantined', problems, eventIds: [], accepted: 0 });

export function readJson(body: Buffer): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return { ok: false };
  }
}

/** Taken before under this id, with this body or another. */
const isRepeat = ({ status, problems }: IngestAnswer): boolean => status === 'duplicate' || (status === 'rejected' && (problems?.every(({ code }) => code === 'event.conflict') ?? false));

/** The caller's transaction, which writes what became of it. */
export async function takePost(transaction: Transaction, workspace: LoadedWorkspace, mapping: ConnectorMapping, post: Post): Promise<TakenPost> {
  const json = readJson(post.body);
  if (!json.ok) return quarantined([{ code: 'connector.notJson', message: 'The body is not JSON in UTF-8.', path: [] }]);
  const { currency, currencyExponent: exponent, rules: { country, timeZone } } = workspace;
  const { events, problems } = mapPost(mapping, { body: json.value, headers: post.headers }, { currency, exponent, country, timeZone });
  if (problems.length > 0) return quarantined(problems);
  if (events.length === 0) return { state: 'ignored', problems: [], eventIds: [], accepted: 0 };
  try {
    const answers = await transaction.savepoint(async (part) => {
      const { answers: given } = await ingestWithin(part, workspace.id, events);
      const wrong = given.filter((answer) => answer.status === 'quarantined' || (answer.status === 'rejected' && !isRepeat(answer)));
      if (wrong.length > 0) throw new NotTaken(wrong.flatMap(({ problems: why }) => why ?? []));
      return given;
    });
    const accepted = answers.filter(({ status }) => status === 'accepted').length;
    return { state: accepted > 0 ? 'accepted' : 'duplicate', problems: [], eventIds: answers.flatMap(({ id }) => id ?? []), accepted };
  } catch (error) {
    if (error instanceof NotTaken) return quarantined(error.problems);
    throw error;
  }
}
