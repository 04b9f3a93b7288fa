/** A command: keeps what a customer said of being located, a consent of its own that names no channel (§1.10). */
import { v7 as newId } from 'uuid';
import { readLocationConsent } from '#db/queries/places.ts';
import { formatId } from '#domain/shared/ids.ts';
import { formatInstant } from '#domain/shared/time.ts';
import { appendSystemEvents } from '#engine/append-system-events.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

export type LocationConsentInput = { state: 'granted' | 'denied'; source: string; wordingVersion?: string | undefined; proof?: Record<string, unknown> | undefined };

/** What says again what is in force changes nothing. Answers how many events were kept. */
export async function putLocationConsent(context: CommandContext, customerId: string, said: LocationConsentInput): Promise<number> {
  const { transaction, workspaceId } = context;
  const [head] = await lockHeads(transaction, [customerId]);
  if (!head) throw new PermanentError('customer.unknown', 'There is no such customer.');
  if ((await readLocationConsent(transaction, customerId))?.state === said.state) return 0;
  const at = await readNow(transaction, workspaceId);
  const { state, source, wordingVersion, proof } = said;
  await transaction`
    insert into location_consents (id, workspace_id, customer_id, state, source, wording_version, proof, at)
    values (${newId()}, ${workspaceId}, ${customerId}, ${state}, ${source}, ${wordingVersion ?? null}, ${proof === undefined ? null : transaction.json(proof as never)}, ${formatInstant(at)}::text::timestamptz)`;
  await audit(context, { action: 'customer.location', subject: formatId('customer', customerId), after: { state, source } });
  return appendSystemEvents(transaction, workspaceId, [{ customerId, type: 'consent.changed', occurredAt: at, properties: { purpose: 'location', state, source } }]);
}
