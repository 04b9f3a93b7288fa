/** Commands: keep a secret under a name, for the headers of requests, or forget it. What it says is sealed and never read back to anybody. */
import { PermanentError } from '#engine/permanent-error.ts';
import { sealSecret } from '#engine/seal-secret.ts';
import { audit, type CommandContext } from './command-context.ts';

export async function putSecret(context: CommandContext, installationSecret: string, { name, value }: { name: string; value: string }): Promise<{ created: boolean }> {
  const { transaction, workspaceId } = context;
  const [row] = await transaction<{ created: boolean }[]>`
    insert into secrets (workspace_id, name, sealed) values (${workspaceId}, ${name}, ${sealSecret(installationSecret, workspaceId, name, value)})
    on conflict (workspace_id, name) do update set sealed = excluded.sealed, updated_at = clock_timestamp() returning xmax = 0 as created`;
  await audit(context, { action: 'secret.put', subject: name });
  return { created: row?.created ?? true };
}

/** The journeys that run and name a secret in a header. */
export const journeysWithSecret = ({ transaction }: Pick<CommandContext, 'transaction'>, name: string) => transaction<{ id: string; name: string }[]>`
  select distinct j.id, j.name from journeys j join journey_versions v on v.journey_id = j.id cross join lateral jsonb_array_elements(v.definition -> 'nodes') n(node)
   where j.status in ('live', 'paused') and (v.id = j.live_version_id or exists (select from enrollments e where e.version_id = v.id and e.ended_at is null))
     and n.node ->> 'kind' = 'httpRequest' and n.node -> 'settings' ->> 'headers' ~ ('secret\\.' || ${name} || '\\s*\\}')
   order by j.name, j.id`;

/** Refused while a journey that runs names it: its requests would fail. */
export async function deleteSecret(context: CommandContext, name: string): Promise<void> {
  const { transaction } = context;
  const using = await journeysWithSecret(context, name);
  if (using.length > 0) throw new PermanentError('secret.inUse', `A running journey names this secret: ${using.map((journey) => journey.name).join(', ')}.`);
  const gone = await transaction`delete from secrets where name = ${name} returning name`;
  if (gone.length === 0) throw new PermanentError('secret.unknown', 'There is no such secret.');
  await audit(context, { action: 'secret.delete', subject: name });
}
