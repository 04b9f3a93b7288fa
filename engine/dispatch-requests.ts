/**
 * Stage 4 for HTTP requests: the only code that makes requests for journeys. It claims what is due by its moment, locks the heads, reads again, writes the
 * attempt and commits; only then it calls, and records the answer as an event. Killed anywhere, the row is found again and asked again under the same key.
 */
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { answeredEvent, answeredTrace, simulatedAnswer, type RequestAnswer } from '#domain/requests/planned-request.ts';
import { MAXIMUM_ATTEMPTS, retryAfter, type Attempt } from '#domain/requests/retry.ts';
import { fillIn, pathsIn } from '#domain/shared/fill-in.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { insertRows } from '#db/insert-rows.ts';
import { v7 as newId } from 'uuid';
import { sendRequest, type OutboundRequest } from '#providers/send-request.ts';
import { appendSystemEvents } from './append-system-events.ts';
import { lockHeads, readNow } from './burst/gather.ts';
import type { Engine } from './engine.ts';
import { openSecret } from './seal-secret.ts';
import { withdrawRequests } from './write-requests.ts';

type Row = {
  id: string; key: string; customerId: string; journeyId: string; versionId: string; enrollmentId: string; nodeId: string; visit: number; depth: number;
  method: string; address: string; headers: { name: string; value: string }[]; body: string | null; timeoutSeconds: number; sandboxAnswer: { status: number; body: unknown }; attempts: number;
};
type Claimed = Row & { isSandbox: boolean; secrets: Map<string, string | null> };

/** Makes one request outside; tests hand in their own. */
export type SendOutside = (request: OutboundRequest, idempotencyKey: string) => Promise<Attempt>;

const AT_ONCE = 8;
/** Beyond a request's own time, before its dispatcher is taken for dead. Machine time. */
const LEASE_SECONDS = 20;

const columns = (transaction: Transaction) => transaction`
  r.id, r.key, r.customer_id as "customerId", r.journey_id as "journeyId", r.version_id as "versionId", r.enrollment_id as "enrollmentId", r.node_id as "nodeId", r.visit, r.depth, r.method, r.address, r.headers, r.body,
  r.timeout_seconds as "timeoutSeconds", r.sandbox_answer as "sandboxAnswer", r.attempts`;

/** Of a live journey and due, or left by a dispatcher that died. */
const isDue = (transaction: Transaction, workspaceId: string) => transaction`
  (r.state = 'queued' and r.not_before <= workspace_now(${workspaceId}) and (r.retry_at is null or r.retry_at <= clock_timestamp()) and exists (select from journeys j where j.id = r.journey_id and j.status = 'live')
   or r.state = 'sending' and r.lease_until < clock_timestamp())`;

/** While a test clock stands, an instant has an order: bursts, e-mails and texts come before requests (see claim-messages). */
const inTurn = (transaction: Transaction, workspaceId: string) => transaction`
  not exists (select from clocks c where c.workspace_id = ${workspaceId} and c.stands_at is not null and (
    exists (select from heads h where h.customer_id = r.customer_id and h.pending_since is not null)
    or exists (select from enrollments e join journeys j on j.id = e.journey_id where e.customer_id = r.customer_id and e.ended_at is null and e.wake_at <= c.stands_at and j.status = 'live')
    or exists (select from alarms a join journeys j on j.id = a.journey_id where a.customer_id = r.customer_id and a.due_at <= c.stands_at and j.status = 'live')
    or exists (select from outbox o where o.customer_id = r.customer_id and (o.state = 'sending' or (o.not_before <= c.stands_at and coalesce(o.held_by, '') not in ('account', 'paused', 'late'))))
    or exists (select from http_requests q where q.customer_id = r.customer_id and q.id < r.id and q.not_before <= c.stands_at
      and (q.state = 'sending' or q.state = 'queued' and exists (select from journeys j where j.id = q.journey_id and j.status = 'live')))))`;

async function loadSecrets(transaction: Transaction, engine: Engine, workspaceId: string, rows: Row[]): Promise<Map<string, string | null>> {
  const names = [...new Set(rows.flatMap(({ headers }) => headers.flatMap(({ value }) => pathsIn(value).map((path) => path.slice('secret.'.length)))))];
  const sealed = names.length === 0 ? [] : await transaction<{ name: string; sealed: Buffer }[]>`select name, sealed from secrets where name = any(${names})`;
  return new Map(sealed.map((line) => [line.name, openSecret(engine, workspaceId, line.name, line.sealed)]));
}

/** The attempt is written and committed before the call. */
async function claim(engine: Engine, workspaceId: string): Promise<Claimed[]> {
  const picked = await inWorkspace(engine.database, workspaceId, (transaction) => transaction<{ id: string; customerId: string }[]>`
    select r.id, r.customer_id as "customerId" from http_requests r where r.workspace_id = ${workspaceId} and ${isDue(transaction, workspaceId)} and ${inTurn(transaction, workspaceId)} order by r.not_before, r.id limit ${AT_ONCE}`);
  if (picked.length === 0) return [];
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    await lockHeads(transaction, [...new Set(picked.map(({ customerId }) => customerId))]);
    const rows = await transaction<Row[]>`
      update http_requests r set state = 'sending', attempts = r.attempts + 1, first_attempt_at = coalesce(r.first_attempt_at, clock_timestamp()), retry_at = null,
        lease_until = clock_timestamp() + make_interval(secs => r.timeout_seconds + ${LEASE_SECONDS})
      where r.id = any(${picked.map(({ id }) => id)}::uuid[]) and ${isDue(transaction, workspaceId)} returning ${columns(transaction)}`;
    const [workspace] = await transaction<{ kind: string }[]>`select kind from workspaces where id = ${workspaceId}`;
    const secrets = await loadSecrets(transaction, engine, workspaceId, rows);
    return rows.map((row) => ({ ...row, isSandbox: workspace?.kind !== 'live', secrets }));
  });
}

/** A sandbox never reaches outside: there the author's own answer comes back. */
async function ask({ isSandbox, secrets, ...row }: Claimed, send: SendOutside): Promise<Attempt> {
  if (isSandbox) return { kind: 'answered', status: row.sandboxAnswer.status, body: row.sandboxAnswer.body, retryAfterSeconds: null };
  const named = row.headers.flatMap(({ value }) => pathsIn(value).map((path) => path.slice('secret.'.length)));
  if (named.some((name) => (secrets.get(name) ?? null) === null)) return { kind: 'failed', reason: 'http.secretMissing' };
  const headers = Object.fromEntries(row.headers.map(({ name, value }) => [name.toLowerCase(), fillIn(value, { secret: Object.fromEntries(secrets) })]));
  return send({ method: row.method, address: row.address, headers, body: row.body, timeoutSeconds: row.timeoutSeconds }, row.key);
}

const answerOf = (row: Claimed, attempt: Attempt): RequestAnswer =>
  row.isSandbox ? { ...simulatedAnswer(row), attempts: row.attempts } : attempt.kind === 'answered' ? { status: attempt.status, body: attempt.body, reason: null, attempts: row.attempts } : { status: null, body: null, reason: attempt.reason, attempts: row.attempts };

/** Whoever left otherwise than by the end of their journey while their request was under way: it is not made again (§2.6). */
async function withdrawLeft(transaction: Transaction, { enrollmentId }: Row, now: Instant): Promise<void> {
  const [left] = await transaction<{ ending: string }[]>`select ending from enrollments where id = ${enrollmentId} and ended_at is not null and ending <> 'completed'`;
  if (left) await withdrawRequests(transaction, new Map([[enrollmentId, { code: `withdrawn.${left.ending}` }]]), now);
}

/** `attempts` is the fence: who was taken for dead records nothing any more. */
async function record(engine: Engine, workspaceId: string, row: Claimed, attempt: Attempt): Promise<void> {
  const again = row.isSandbox || row.attempts >= MAXIMUM_ATTEMPTS ? null : retryAfter(attempt, row.attempts);
  const events = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    await lockHeads(transaction, [row.customerId]);
    if (again !== null) {
      const reason = attempt.kind === 'failed' ? { code: attempt.reason } : { code: 'http.status', figures: { status: attempt.status } };
      await transaction`
        update http_requests set state = 'queued', lease_until = null, retry_at = clock_timestamp() + make_interval(secs => ${again}), reason = ${transaction.json(reason)} where id = ${row.id} and state = 'sending' and attempts = ${row.attempts}`;
      await withdrawLeft(transaction, row, await readNow(transaction, workspaceId));
      return 0;
    }
    const answer = answerOf(row, attempt);
    const now = await readNow(transaction, workspaceId);
    const ended = await transaction`
      update http_requests set state = ${answer.status === null ? 'failed' : 'answered'}, lease_until = null, status = ${answer.status}, reason = ${answer.reason === null ? null : transaction.json({ code: answer.reason })},
        answered_at = ${formatInstant(now)}::text::timestamptz where id = ${row.id} and state = 'sending' and attempts = ${row.attempts} returning id`;
    if (ended.length === 0) return 0;
    const { customerId, journeyId, versionId, enrollmentId, nodeId, visit } = row;
    await insertRows(transaction, 'traces', [{
      id: newId(), workspace_id: workspaceId, customer_id: customerId, journey_id: journeyId, version_id: versionId, enrollment_id: enrollmentId, node_id: nodeId, visit, kind: 'request', data: answeredTrace(row, answer), at: formatInstant(now),
    }]);
    return appendSystemEvents(transaction, workspaceId, [{ ...answeredEvent(row, answer), customerId, occurredAt: now, depth: row.depth }]);
  });
  if (events > 0) engine.hintRouters();
}

/** One round: claims up to eight requests and makes them side by side. Answers how many; 0 means that nothing is due. */
export async function requestOnce(engine: Engine, workspaceId: string, send: SendOutside = sendRequest): Promise<number> {
  const claimed = await claim(engine, workspaceId);
  await Promise.all(claimed.map(async (row) => record(engine, workspaceId, row, await ask(row, send))));
  return claimed.length;
}
