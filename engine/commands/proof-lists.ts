/** Commands on proof lists: the people who look at messages before customers do. */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { normaliseRecipients, type ProofListInput, type ProofRecipient } from '#domain/messages/proof-list.ts';
import { ok, type Result } from '#domain/shared/result.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

export type ProofListRow = { id: string; name: string; recipients: ProofRecipient[]; updatedAt: Date };
export const listProofLists = (transaction: Transaction): Promise<ProofListRow[]> => transaction<ProofListRow[]>`select id, name, recipients, updated_at as "updatedAt" from proof_lists order by name`;

export async function findProofList(transaction: Transaction, listId: string): Promise<ProofListRow> {
  const [row] = await transaction<ProofListRow[]>`select id, name, recipients, updated_at as "updatedAt" from proof_lists where id = ${listId}`;
  if (!row) throw new PermanentError('proofList.unknown', 'There is no such proof list.');
  return row;
}

/** A new list, or another content of the one that is named. Addresses stand in no line of the log of changes. */
export async function putProofList(context: CommandContext, listId: string | null, { name, recipients }: ProofListInput): Promise<Result<ProofListRow>> {
  const { transaction, workspaceId } = context;
  const [workspace] = await transaction<{ country: string }[]>`select country from workspaces where id = ${workspaceId}`;
  const people = normaliseRecipients(recipients, workspace?.country ?? 'FR');
  if (!people.ok) return people;
  if (listId !== null) await findProofList(transaction, listId);
  const [taken] = await transaction`select from proof_lists where name = ${name} and id is distinct from ${listId}`;
  if (taken) throw new PermanentError('proofList.nameTaken', `There is a proof list «${name}» already.`);
  const id = listId ?? newId();
  await transaction`
    insert into proof_lists (id, workspace_id, name, recipients, updated_at) values (${id}, ${workspaceId}, ${name}, ${transaction.json(people.value)}, workspace_now(${workspaceId}))
    on conflict (id) do update set name = excluded.name, recipients = excluded.recipients, updated_at = excluded.updated_at`;
  await audit(context, { action: listId === null ? 'proofList.create' : 'proofList.change', subject: name, after: { recipients: people.value.length } });
  return ok(await findProofList(transaction, id));
}

/** What was sent to it stays in the log of proofs. */
export async function removeProofList(context: CommandContext, listId: string): Promise<void> {
  const { name } = await findProofList(context.transaction, listId);
  await context.transaction`delete from proof_lists where id = ${listId}`;
  await audit(context, { action: 'proofList.remove', subject: name });
}
