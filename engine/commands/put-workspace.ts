/** A command: what a workspace is called, the language that its messages speak when a customer has none, and how long a message may claim a purchase. */
import type { AttributionWindows } from '#domain/measurement/attribute.ts';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';

export async function putWorkspace(context: CommandContext, workspace: { name: string; brand: string; language: string; attribution?: AttributionWindows | undefined }): Promise<void> {
  const { transaction, workspaceId } = context;
  await transaction`update workspaces set name = ${workspace.name}, brand = ${workspace.brand}, language = ${workspace.language}, attribution = coalesce(${workspace.attribution ? transaction.json(workspace.attribution) : null}::jsonb, attribution) where id = ${workspaceId}`;
  await audit(context, { action: 'workspace.put', subject: 'workspace', after: workspace });
  await raiseEpoch(context);
}
