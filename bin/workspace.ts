/**
 * `npm run workspace -- create <slug> --name "Maison Tillebou" --owner camille@example.com [--live | --sandbox-of <slug>] …`: the first workspace of an installation, with its
 * owner, whose password is printed once. The database is `DATABASE_URL`, the schema `npm run migrate`'s. More members are invited in the interface.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { inWorkspace, openDatabase } from '#db/connection.ts';
import { createMember } from '#db/create-member.ts';
import { createWorkspace, NewWorkspace } from '#db/create-workspace.ts';

const USAGE = `Usage: npm run workspace -- create <slug> --owner <e-mail> [--name <name>] [--live | --sandbox-of <live slug>] [--currency EUR] [--zone Europe/Paris] [--country FR] [--language fr]`;
const TEXT = { type: 'string' } as const;

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      owner: TEXT, name: TEXT, live: { type: 'boolean', default: false }, 'sandbox-of': TEXT, currency: { ...TEXT, default: 'EUR' }, zone: { ...TEXT, default: 'Europe/Paris' },
      country: { ...TEXT, default: 'FR' }, language: { ...TEXT, default: 'fr' },
    },
  });
  const [action, slug, ...rest] = positionals;
  const owner = z.email().safeParse(values.owner);
  if (action !== 'create' || !slug || rest.length > 0 || !owner.success) throw new Error(USAGE);
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Error('DATABASE_URL is missing; example: postgres://parcours:secret@127.0.0.1:5432/parcours.');
  const name = values.name ?? slug;
  const workspace = NewWorkspace.safeParse({
    slug, name, brand: name, kind: values.live ? 'live' : 'sandbox', currency: values.currency, timeZone: values.zone, country: values.country, language: values.language,
  });
  if (!workspace.success) throw new Error(workspace.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}.`).join('\n'));
  const database = openDatabase(url, { applicationName: 'parcours-workspace', maximumConnections: 1 });
  try {
    const { PUBLIC_URL: publicUrl, VENDOR_SERVER_URL: vendorServerUrl } = process.env;
    const of = values['sandbox-of'];
    const [live] = of === undefined ? [] : await database<{ id: string | null }[]>`select resolve_workspace(${of}) as id`;
    const [found] = live?.id ? await inWorkspace(database, live.id, (transaction) => transaction<{ kind: string }[]>`select kind from workspaces`) : [];
    if (of !== undefined && (found?.kind !== 'live' || values.live)) throw new Error(`There is no live workspace ${of} of which this could be a sandbox.`);
    const workspaceId = await createWorkspace(database, { ...workspace.data, ...(live?.id && { liveId: live.id }), ...(publicUrl && vendorServerUrl && { publicUrl: publicUrl.replace(/\/+$/, ''), vendorServerUrl }) });
    const { password } = await createMember(database, { workspaceId, email: owner.data, name: owner.data, role: 'owner' });
    console.log(`The ${workspace.data.kind} workspace ${slug} is there. ${owner.data} signs in ${password === null ? 'with the password that is known' : `with the password ${password} (shown this once)`}.`);
  } finally {
    await database.end();
  }
}

try {
  await run();
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === '23505';
  console.error(taken ? 'A workspace of that slug is there already: choose another slug.' : error instanceof Error ? error.message : error);
  process.exit(1);
}
