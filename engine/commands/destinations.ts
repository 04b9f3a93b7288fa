/** Commands on destinations of webhooks (§11.5): made, changed, given another secret, paused and resumed, tested, taken away, and their webhooks sent again by hand. */
import { v7 as newId } from 'uuid';
import { findDestination, type DestinationRow } from '#db/queries/destinations.ts';
import { formatId } from '#domain/shared/ids.ts';
import { TEST_TYPE, type DestinationInput } from '#domain/webhooks/destination.ts';
import { testBody } from '#domain/webhooks/webhook-body.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { makeWebhookSecret, sealWebhookSecret } from '#engine/webhooks/webhook-secret.ts';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';

const subjectOf = (id: string): string => formatId('destination', id);
/** An address may hold a token in its path: the log of changes keeps the host alone. */
const told = ({ name, address, types }: DestinationInput) => ({ name, host: new URL(address).host, types });

async function mustFind({ transaction }: CommandContext, id: string): Promise<DestinationRow> {
  const found = await findDestination(transaction, id);
  if (!found) throw new PermanentError('destination.unknown', 'There is no such destination.');
  return found;
}

/** Answers the secret's text: nobody can read it again. */
export async function createDestination(context: CommandContext, installation: string, input: DestinationInput): Promise<{ id: string; secret: string }> {
  const { transaction, workspaceId } = context;
  const id = newId();
  const secret = makeWebhookSecret();
  await transaction`
    insert into destinations (id, workspace_id, name, address, types, secret) values (${id}, ${workspaceId}, ${input.name}, ${input.address}, ${input.types}, ${sealWebhookSecret(installation, workspaceId, id, secret)})`;
  await audit(context, { action: 'destination.create', subject: subjectOf(id), after: told(input) });
  await raiseEpoch(context);
  return { id, secret };
}

/** What is queued already goes to the new address. */
export async function changeDestination(context: CommandContext, id: string, input: DestinationInput): Promise<void> {
  const before = await mustFind(context, id);
  await context.transaction`update destinations set name = ${input.name}, address = ${input.address}, types = ${input.types} where id = ${id}`;
  await audit(context, { action: 'destination.change', subject: subjectOf(id), before: told(before), after: told(input) });
  await raiseEpoch(context);
}

/** The secret before signs beside the new one for so many hours; one that was leaked, for none. */
export async function rotateSecret(context: CommandContext, installation: string, id: string, overlapHours: number): Promise<{ secret: string }> {
  const { transaction, workspaceId } = context;
  await mustFind(context, id);
  const secret = makeWebhookSecret();
  await transaction`
    update destinations set previous_secret = secret, previous_until = clock_timestamp() + make_interval(hours => ${overlapHours}), secret = ${sealWebhookSecret(installation, workspaceId, id, secret)} where id = ${id}`;
  await audit(context, { action: 'destination.rotate', subject: subjectOf(id), after: { overlapHours } });
  return { secret };
}

/** Paused, its webhooks wait; resumed, they leave at once, those that were waiting for another attempt too. */
export async function switchDestination(context: CommandContext, id: string, act: 'pause' | 'resume'): Promise<void> {
  const { transaction } = context;
  const { state } = await mustFind(context, id);
  if (act === 'pause') {
    await transaction`update destinations set state = 'paused', reason = null where id = ${id}`;
  } else {
    await transaction`update destinations set state = 'active', reason = null, failing_since = null where id = ${id}`;
    await transaction`update webhooks set attempts = 0, due_at = clock_timestamp() where destination_id = ${id} and state = 'queued'`;
  }
  await audit(context, { action: `destination.${act}`, subject: subjectOf(id), before: { state }, after: { state: act === 'pause' ? 'paused' : 'active' } });
}

/** Queues a test: it leaves whatever the state, once. */
export async function testDestination(context: CommandContext, id: string): Promise<{ webhookId: string }> {
  const { transaction, workspaceId } = context;
  const { name } = await mustFind(context, id);
  const webhookId = newId();
  await transaction`insert into webhooks (id, workspace_id, destination_id, type, test_body) values (${webhookId}, ${workspaceId}, ${id}, ${TEST_TYPE}, ${testBody(name, Date.now())})`;
  await audit(context, { action: 'destination.test', subject: subjectOf(id) });
  return { webhookId };
}

/** Its webhooks go with it, those that wait too. */
export async function deleteDestination(context: CommandContext, id: string): Promise<void> {
  const before = await mustFind(context, id);
  // First: a burst in flight may still queue something for it.
  await raiseEpoch(context);
  await context.transaction`delete from destinations where id = ${id}`;
  await audit(context, { action: 'destination.delete', subject: subjectOf(id), before: { ...told(before), waiting: before.waiting } });
}

/** Sends these again, delivered ones too, or everything that failed; under their own ids, so that who had one knows it. Answers how many. */
export async function replayWebhooks(context: CommandContext, id: string, ids: readonly string[] | undefined): Promise<{ queued: number }> {
  await mustFind(context, id);
  const rows = await context.transaction`
    update webhooks set state = 'queued', attempts = 0, due_at = clock_timestamp(), ended_at = null
     where destination_id = ${id} and case when ${ids === undefined} then state = 'failed' else state in ('failed', 'delivered') and id = any(${ids ?? []}::uuid[]) end returning id`;
  if (ids !== undefined && rows.length === 0) throw new PermanentError('webhook.unknown', 'None of these is here, or they are on their way.');
  if (rows.length > 0) await audit(context, { action: 'destination.replay', subject: subjectOf(id), after: { webhooks: rows.length } });
  return { queued: rows.length };
}
