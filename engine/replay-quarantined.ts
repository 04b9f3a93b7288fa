/**
 * Replays quarantined events once their cause is put right (§11.4): each is taken in anew as it was posted, under its own id, at this moment. One that is
 * still wrong stays in quarantine with what is wrong now. All in one transaction, so nothing is lost or doubled on the way.
 */
import type { JSONValue } from 'postgres';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { formatInstant } from '#domain/shared/time.ts';
import type { Engine } from './engine.ts';
import { ingestWithin, LOST_RACES, type IngestAnswer } from './ingest-events.ts';
import { tryAgain } from './try-again.ts';
import { writeAudit } from './write-audit.ts';

export const REPLAYED_AT_A_TIME = 500;

/** These events, or the oldest of a type, or the oldest of all. */
export type ReplayChoice = { ids?: string[] | undefined; type?: string | undefined };
/** `left` is how many of the choice are in quarantine afterwards. */
export type Replayed = { answers: IngestAnswer[]; accepted: number; left: number };

type Kept = { id: string; event_id: string; posted: Record<string, unknown>; occurred_at: Date };
type Key = { event_id: string; hash: string; accepted_at: Date; answer: unknown };

const choose = (transaction: Transaction, workspaceId: string, { ids, type }: ReplayChoice) => transaction`
  workspace_id = ${workspaceId} and outcome = 'quarantined' and posted is not null and (${ids ?? null}::uuid[] is null or id = any(${ids ?? null}::uuid[])) and (${type ?? null}::text is null or type = ${type ?? null})`;

/** Takes the keys away for as long as the events are taken in anew; answers them. */
async function releaseKeys(transaction: Transaction, eventIds: string[]): Promise<Map<string, Key>> {
  const keys = await transaction<Key[]>`delete from event_keys where event_id = any(${eventIds}) returning event_id, encode(body_hash, 'hex') as hash, accepted_at, answer`;
  return new Map(keys.map((key) => [key.event_id, key]));
}

/** Whoever posts the same body again gets the new answer: the key keeps the hash of what was posted. An event that is refused now keeps its old key and answer. */
async function putKeysBack(transaction: Transaction, workspaceId: string, keys: Map<string, Key>, refused: string[]): Promise<void> {
  const taken = [...keys.values()].filter(({ event_id }) => !refused.includes(event_id));
  await transaction`
    update event_keys k set body_hash = decode(t.hash, 'hex') from unnest(${taken.map(({ event_id }) => event_id)}::text[], ${taken.map(({ hash }) => hash)}::text[]) t(id, hash) where k.event_id = t.id`;
  for (const id of refused) {
    const key = keys.get(id);
    if (key) await transaction`
      insert into event_keys (workspace_id, event_id, body_hash, accepted_at, answer) values (${workspaceId}, ${id}, decode(${key.hash}, 'hex'), ${key.accepted_at}, ${transaction.json(key.answer as JSONValue)})`;
  }
}

async function replay(transaction: Transaction, who: { workspaceId: string; actor: string }, choice: ReplayChoice): Promise<Replayed> {
  const { workspaceId, actor } = who;
  const kept = await transaction<Kept[]>`select id, event_id, posted, occurred_at from events where ${choose(transaction, workspaceId, choice)} order by id limit ${REPLAYED_AT_A_TIME} for update`;
  const keys = await releaseKeys(transaction, kept.map(({ event_id }) => event_id));
  // An event that named no time happened when it was first taken in.
  const { answers } = kept.length === 0 ? { answers: [] } : await ingestWithin(transaction, workspaceId, kept.map(({ posted, occurred_at }) => ({ ...posted, occurredAt: posted['occurredAt'] ?? formatInstant(occurred_at.getTime()) })));
  const refused = answers.flatMap(({ status, id }) => (status === 'rejected' && id !== null ? [id] : []));
  await putKeysBack(transaction, workspaceId, keys, refused);
  await transaction`delete from events where id = any(${kept.filter(({ event_id }) => !refused.includes(event_id)).map(({ id }) => id)}::uuid[])`;
  // The time that was added above is not part of what was posted.
  const still = kept.filter(({ event_id }) => answers.some(({ id, status }) => id === event_id && status === 'quarantined'));
  for (const { event_id, posted } of still) await transaction`update events set posted = ${transaction.json(posted as JSONValue)} where workspace_id = ${workspaceId} and event_id = ${event_id} and outcome = 'quarantined'`;
  const accepted = answers.filter(({ status }) => status === 'accepted').length;
  const [row] = await transaction<{ left: number }[]>`select count(*)::int as left from events where ${choose(transaction, workspaceId, choice.ids ? {} : choice)}`;
  if (kept.length > 0) await writeAudit(transaction, workspaceId, { actor, action: 'event.replay', subject: choice.type ?? 'quarantine', after: { events: kept.length, accepted } });
  return { answers, accepted, left: row?.left ?? 0 };
}

/** Replays up to 500, the oldest first; ask again while some are left that may succeed. */
export async function replayQuarantined(engine: Pick<Engine, 'database' | 'hintRouters'>, who: { workspaceId: string; actor: string }, choice: ReplayChoice): Promise<Replayed> {
  const replayed = await tryAgain(() => inWorkspace(engine.database, who.workspaceId, (transaction) => replay(transaction, who, choice)), LOST_RACES);
  if (replayed.accepted > 0) engine.hintRouters();
  return replayed;
}
