/** A command: keeps what a customer said of being contacted, with its source, wording and proof (§6.4); it is obeyed from its commit on (§6.7). */
import type { Consent } from '#domain/customers/consent.ts';
import { formatId } from '#domain/shared/ids.ts';
import { applyConsents } from '#engine/apply-consent.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

/** Answers how many events were kept. */
export async function putConsents(context: CommandContext, customerId: string, consents: Consent[]): Promise<number> {
  const { transaction, workspaceId } = context;
  const [head] = await lockHeads(transaction, [customerId]);
  if (!head) throw new PermanentError('customer.unknown', 'There is no such customer.');
  const events = await applyConsents(transaction, workspaceId, consents.map((consent) => ({ ...consent, customerId })));
  await audit(context, {
    action: 'customer.consents', subject: formatId('customer', customerId), after: consents.map(({ purpose, channel, state, source }) => ({ purpose, channel, state, source })),
  });
  return events;
}
