/** A command: sets and removes attributes of a customer; live plans that listen hear which ones. */
import type { AttributeValue } from '#domain/customers/profile.ts';
import { formatId } from '#domain/shared/ids.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';
import { noteChange, writeProfile } from './put-customer.ts';

/** An attribute named both to set and to remove is set. Answers how many events were kept. */
export async function changeAttributes(context: CommandContext, customerId: string, change: { set: Record<string, AttributeValue>; remove: string[] }): Promise<number> {
  const { transaction } = context;
  const [head] = await lockHeads(transaction, [customerId]);
  if (!head) throw new PermanentError('customer.unknown', 'There is no such customer.');
  await writeProfile(transaction, customerId, (profile) => ({
    ...profile, attributes: { ...Object.fromEntries(Object.entries(profile.attributes).filter(([name]) => !change.remove.includes(name))), ...change.set },
  }));
  const fields = [...new Set([...Object.keys(change.set), ...change.remove])].map((name) => `attributes.${name}`);
  const events = await noteChange(context, customerId, fields);
  await audit(context, { action: 'customer.attributes', subject: formatId('customer', customerId), after: { fields } });
  return events;
}
