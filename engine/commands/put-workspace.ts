/** A command: what a workspace is called, the language that its messages speak when a customer has none, how long a message may claim a purchase, what a part of an SMS costs, and whether members need a second proof at the sign-in. */
import type { AttributionWindows } from '#domain/measurement/attribute.ts';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';

export async function putWorkspace(context: CommandContext, workspace: { name: string; brand: string; language: string; attribution?: AttributionWindows | undefined; smsPartMicros?: number | null | undefined; requiresTwoFactor?: boolean | undefined }): Promise<void> {
  const { transaction, workspaceId } = context;
  await transaction`update workspaces set name = ${workspace.name}, brand = ${workspace.brand}, language = ${workspace.language}, attribution = coalesce(${workspace.attribution ? transaction.json(workspace.attribution) : null}::jsonb, attribution),
    sms_part_micros = case when ${workspace.smsPartMicros === undefined} then sms_part_micros else ${workspace.smsPartMicros ?? null}::integer end where id = ${workspaceId}`;
  if (workspace.requiresTwoFactor !== undefined) {
    await transaction`insert into entry_rules (workspace_id, requires_two_factor) values (${workspaceId}, ${workspace.requiresTwoFactor}) on conflict (workspace_id) do update set requires_two_factor = excluded.requires_two_factor`;
  }
  await audit(context, { action: 'workspace.put', subject: 'workspace', after: workspace });
  await raiseEpoch(context);
}
