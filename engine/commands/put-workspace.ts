/** A command: what a workspace is called, and the language that its messages speak when a customer has none. */
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';

export async function putWorkspace(context: CommandContext, workspace: { name: string; brand: string; language: string }): Promise<void> {
  const { transaction, workspaceId } = context;
  await transaction`update workspaces set name = ${workspace.name}, brand = ${workspace.brand}, language = ${workspace.language} where id = ${workspaceId}`;
  await audit(context, { action: 'workspace.put', subject: 'workspace', after: workspace });
  await raiseEpoch(context);
}
