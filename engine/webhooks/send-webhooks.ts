/**
 * Stage 4 for webhooks (§11.5): claims what is due for one destination, writes the attempt and commits, then posts it signed and records how it went. Killed
 * anywhere, the row is found again when its lease ends, and posted again under the same id. A sandbox posts too: whoever registers an address there asks for it.
 */
import { inWorkspace, type Transaction } from '#db/connection.ts';
import type { Attempt } from '#domain/requests/retry.ts';
import { formatId } from '#domain/shared/ids.ts';
import { stableHash } from '#domain/shared/stable-hash.ts';
import { decideAfterAttempt, DISABLED_AFTER_DAYS, reasonOfAttempt, type AfterAttempt } from '#domain/webhooks/after-attempt.ts';
import { webhookBody } from '#domain/webhooks/webhook-body.ts';
import type { SendOutside } from '#engine/dispatch-requests.ts';
import type { Engine } from '#engine/engine.ts';
import { queueNotices } from '#engine/notices/send-notices.ts';
import { writeAudit } from '#engine/write-audit.ts';
import { sendRequest } from '#providers/send-request.ts';
import { signWebhook } from '#providers/sign-webhook.ts';
import { openWebhookSecret } from './webhook-secret.ts';

export type DueDestination = { workspaceId: string; destinationId: string };
type Destination = { address: string; isSandbox: boolean; secrets: string[]; isFailing: boolean };
type Claimed = { id: string; attempts: number; body: string | null; isTest: boolean };

const AT_ONCE = 8;
const TIMEOUT_SECONDS = 15;
/** Beyond a post's own time, before its sender is taken for dead. Machine time. */
const LEASE_SECONDS = TIMEOUT_SECONDS + 20;

async function loadDestination(transaction: Transaction, engine: Engine, { workspaceId, destinationId }: DueDestination): Promise<Destination | null> {
  const [row] = await transaction<{ address: string; kind: string; secret: Buffer; previous: Buffer | null; isFailing: boolean }[]>`
    select d.address, w.kind, d.secret, case when d.previous_until > clock_timestamp() then d.previous_secret end as previous, d.failing_since is not null as "isFailing"
      from destinations d join workspaces w on w.id = d.workspace_id where d.id = ${destinationId}`;
  if (!row) return null;
  const secrets = [row.secret, row.previous].flatMap((sealed) => (sealed ? (openWebhookSecret(engine, workspaceId, destinationId, sealed) ?? []) : []));
  return { address: row.address, isSandbox: row.kind !== 'live', secrets, isFailing: row.isFailing };
}

type Bodied = { id: string; attempts: number; testBody: string | null; eventId: string | null; customerId: string | null; type: string | null; occurredAt: Date; acceptedAt: Date; externalId: string | null; store: string | null; properties: Record<string, unknown> };

/** The attempt is written and committed before the post. One that fails is asked with one webhook at a time. */
async function claim(engine: Engine, due: DueDestination): Promise<{ destination: Destination; claimed: Claimed[] } | null> {
  return inWorkspace(engine.database, due.workspaceId, async (transaction) => {
    const destination = await loadDestination(transaction, engine, due);
    if (!destination) return null;
    const rows = await transaction<Bodied[]>`
      with mine as (
        update webhooks set state = 'sending', attempts = attempts + 1, lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
         where id in (select w.id from webhooks w join destinations d on d.id = w.destination_id
            where w.destination_id = ${due.destinationId} and (d.state = 'active' or w.test_body is not null)
              and (w.state = 'queued' and w.due_at <= clock_timestamp() or w.state = 'sending' and w.lease_until < clock_timestamp())
            order by w.due_at, w.id limit ${destination.isFailing ? 1 : AT_ONCE} for update of w skip locked)
        returning id, attempts, test_body, event_id)
      select m.id, m.attempts, m.test_body as "testBody", e.id as "eventId", e.customer_id as "customerId", e.type, e.occurred_at as "occurredAt", e.accepted_at as "acceptedAt", s.external_id as store, e.properties,
        (select value from customer_identifiers i where i.customer_id = e.customer_id and i.kind = 'externalId' order by i.created_at, i.value limit 1) as "externalId"
      from mine m left join events e on e.id = m.event_id left join stores s on s.id = e.store_id order by m.id`;
    const claimed = rows.map(({ id, attempts, testBody, eventId, type, occurredAt, acceptedAt, ...event }): Claimed => ({
      id, attempts, isTest: testBody !== null,
      body: testBody ?? (eventId === null || type === null ? null : webhookBody({ ...event, id: eventId, type, occurredAt: occurredAt.getTime(), acceptedAt: acceptedAt.getTime() }, destination.isSandbox)),
    }));
    return { destination, claimed };
  });
}

async function post(destination: Destination, { id, body }: Claimed, send: SendOutside): Promise<Attempt> {
  if (body === null || destination.secrets.length === 0) return { kind: 'failed', reason: 'http.secretMissing' };
  const webhookId = formatId('webhook', id);
  const headers = signWebhook({ id: webhookId, body, at: new Date() }, destination.secrets);
  return send({ method: 'POST', address: destination.address, headers, body, timeoutSeconds: TIMEOUT_SECONDS, ignoresBody: true }, webhookId);
}

/** What the destination learns of an attempt: taken, or failing since when; a long failure, or a 410, disables it, and its log of changes says so. */
async function note(transaction: Transaction, { workspaceId, destinationId }: DueDestination, after: AfterAttempt): Promise<void> {
  if (after.kind === 'delivered') {
    await transaction`
      update destinations set failing_since = null, taken_at = clock_timestamp() where id = ${destinationId} and (failing_since is not null or taken_at is null or taken_at < clock_timestamp() - interval '10 seconds')`;
    return;
  }
  const [row] = await transaction<{ days: number }[]>`
    update destinations set failing_since = coalesce(failing_since, clock_timestamp()) where id = ${destinationId} and state = 'active'
    returning extract(epoch from clock_timestamp() - failing_since)::float8 / 86400 as days`;
  if (!row || (after.kind !== 'gone' && row.days < DISABLED_AFTER_DAYS)) return;
  const reason = after.kind === 'gone' ? { code: 'webhook.gone' } : { code: 'webhook.failing', figures: { days: DISABLED_AFTER_DAYS } };
  const disabled = await transaction`update destinations set state = 'disabled', reason = ${transaction.json(reason)} where id = ${destinationId} and state = 'active' returning id`;
  if (disabled.length === 0) return;
  await queueNotices(transaction, workspaceId, { kind: 'destinationDisabled', subject: formatId('destination', destinationId), ...(after.kind === 'gone' ? {} : { figures: { days: DISABLED_AFTER_DAYS } }) });
  await writeAudit(transaction, workspaceId, { actor: 'webhooks', action: 'destination.disable', subject: formatId('destination', destinationId), before: { state: 'active' }, after: { state: 'disabled', reason } });
}

/** `attempts` is the fence: who was taken for dead records nothing any more. A test is tried once and says nothing of its destination. */
async function record(engine: Engine, due: DueDestination, { id, attempts, isTest }: Claimed, attempt: Attempt, tookMs: number): Promise<void> {
  const decided = decideAfterAttempt(attempt, attempts, stableHash('webhook', id));
  const after: AfterAttempt = isTest && decided.kind === 'again' ? { kind: 'failed' } : decided;
  const line = { at: new Date().toISOString(), status: attempt.kind === 'answered' ? attempt.status : null, reason: after.kind === 'delivered' ? null : reasonOfAttempt(attempt), tookMs };
  await inWorkspace(engine.database, due.workspaceId, async (transaction) => {
    const again = after.kind === 'again';
    const done = await transaction`
      update webhooks set state = ${again ? 'queued' : after.kind === 'delivered' ? 'delivered' : 'failed'}, lease_until = null, history = history || jsonb_build_array(${transaction.json(line)}::jsonb),
        due_at = case when ${again} then clock_timestamp() + make_interval(secs => ${again ? after.seconds : 0}) else due_at end, ended_at = case when ${again} then null else clock_timestamp() end
      where id = ${id} and state = 'sending' and attempts = ${attempts} returning id`;
    if (done.length > 0 && !isTest) await note(transaction, due, after);
  });
}

/** One round for one destination: claims up to eight webhooks and posts them side by side. Answers how many; 0 means that nothing is due. */
export async function webhooksOnce(engine: Engine, due: DueDestination, send: SendOutside = sendRequest): Promise<number> {
  const work = await claim(engine, due);
  if (!work) return 0;
  await Promise.all(work.claimed.map(async (webhook) => {
    const startedAt = performance.now();
    const attempt = await post(work.destination, webhook, send);
    await record(engine, due, webhook, attempt, Math.round(performance.now() - startedAt));
  }));
  return work.claimed.length;
}
