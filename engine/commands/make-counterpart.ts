/**
 * A command: the other workspace of a brand. A live one is given a sandbox, a sandbox its live one, with the same currency, zone, country and language, and the stores,
 * so that what is tried in one fits the other. No customer, journey or message comes along.
 */
import { v7 as newId } from 'uuid';
import { insertWorkspace } from '#db/create-workspace.ts';
import { findMembership } from '#db/queries/memberships.ts';
import { formatId } from '#domain/shared/ids.ts';
import type { Engine } from '#engine/engine.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { asWorkspace } from '#engine/promotion/as-workspace.ts';
import { audit, type CommandContext } from './command-context.ts';

export type Counterpart = { workspaceId: string; slug: string; kind: 'live' | 'sandbox' };

const MOST_NUMBERS = 100;
type Row = { slug: string; name: string; brand: string; kind: 'live' | 'sandbox'; currency: string; exponent: number; zone: string; country: string; language: string; liveId: string | null };
type Store = { externalId: string; name: string; city: string | null; country: string; zone: string; opensOn: string | null; closesOn: string | null };

const readSelf = async ({ transaction, workspaceId }: CommandContext): Promise<Row> => {
  // Two at once are made one after the other.
  const [row] = await transaction<Row[]>`
    select slug, name, brand, kind, currency, currency_exponent as exponent, time_zone as zone, country, language, live_id as "liveId" from workspaces where id = ${workspaceId} for no key update`;
  if (!row) throw new PermanentError('workspace.unknown', 'There is no such workspace.');
  if (row.liveId !== null) throw new PermanentError('workspace.hasLive', 'This sandbox has its live workspace already.');
  return row;
};

async function freeSlug({ transaction }: CommandContext, base: string): Promise<string> {
  for (let number = 1; number <= MOST_NUMBERS; number += 1) {
    const slug = `${base.slice(0, 50)}${number === 1 ? '' : `-${number}`}`;
    const [taken] = await transaction<{ id: string | null }[]>`select resolve_workspace(${slug}) as id`;
    if (!taken?.id) return slug;
  }
  return `${base.slice(0, 40)}-${newId().slice(-8)}`;
}

/** Owners go where they own; whoever works in live may try things too, but a sandbox opens nobody the customers of live. A merchant's stores are others there. */
async function bringMembers({ transaction, workspaceId }: CommandContext, to: string, kind: 'live' | 'sandbox'): Promise<void> {
  await transaction`
    insert into memberships (user_id, workspace_id, role) select user_id, ${to}, role from memberships
     where workspace_id = ${workspaceId} and (role = 'owner' or ${kind === 'sandbox'} and role <> 'merchant') on conflict do nothing`;
}

export async function makeCounterpart(context: CommandContext, engine: Pick<Engine, 'publicUrl' | 'vendorServerUrl'>, { name }: { name?: string | undefined }): Promise<Counterpart> {
  const { transaction, workspaceId } = context;
  const self = await readSelf(context);
  const kind = self.kind === 'live' ? 'sandbox' : 'live';
  const slug = await freeSlug(context, `${self.slug.replace(/-(sandbox|live|bac-a-sable)$/, '')}-${kind}`);
  const stores = await transaction<Store[]>`select external_id as "externalId", name, city, country, time_zone as zone, opens_on::text as "opensOn", closes_on::text as "closesOn" from stores`;
  const id = newId();
  await asWorkspace(transaction, { of: id, home: workspaceId }, async () => {
    await insertWorkspace(transaction, id, {
      slug, name: name ?? self.name, brand: self.brand, kind, currency: self.currency, currencyExponent: self.exponent, timeZone: self.zone, country: self.country, language: self.language,
      ...(kind === 'sandbox' && { liveId: workspaceId }), ...(engine.vendorServerUrl && { publicUrl: engine.publicUrl, vendorServerUrl: engine.vendorServerUrl }),
    });
    for (const store of stores) {
      await transaction`
        insert into stores (id, workspace_id, external_id, name, city, country, time_zone, opens_on, closes_on)
        values (${newId()}, ${id}, ${store.externalId}, ${store.name}, ${store.city}, ${store.country}, ${store.zone}, ${store.opensOn}::text::date, ${store.closesOn}::text::date)`;
    }
    await audit({ ...context, workspaceId: id }, { action: 'workspace.create', subject: 'workspace', after: { kind, of: self.slug } });
  });
  if (kind === 'live') await transaction`update workspaces set live_id = ${id} where id = ${workspaceId}`;
  await bringMembers(context, id, kind);
  await audit(context, { action: 'workspace.counterpart', subject: 'workspace', after: { kind, slug } });
  return { workspaceId: id, slug, kind };
}

/** Says of a sandbox which live workspace is its brand's, when both were there before they knew of each other. Whoever says it owns both. */
export async function linkLive(context: CommandContext, liveId: string, userId: string | null): Promise<Counterpart> {
  const { transaction, workspaceId } = context;
  const self = await readSelf(context);
  const roles = userId === null ? [] : await Promise.all([workspaceId, liveId].map((each) => findMembership(transaction, userId, each)));
  const other = await asWorkspace(transaction, { of: liveId, home: workspaceId }, async () => {
    const [row] = await transaction<{ slug: string; kind: string; currency: string }[]>`select slug, kind, currency from workspaces where id = ${liveId}`;
    return row;
  });
  if (!other || roles.length < 2 || roles.some((member) => member?.role !== 'owner')) throw new PermanentError('workspace.unknown', 'There is no such workspace that you own.');
  if (self.kind !== 'sandbox' || other.kind !== 'live' || other.currency !== self.currency) throw new PermanentError('workspace.noPair', 'A sandbox goes with a live workspace of the same currency.');
  await transaction`update workspaces set live_id = ${liveId} where id = ${workspaceId}`;
  await audit(context, { action: 'workspace.counterpart', subject: 'workspace', after: { live: formatId('workspace', liveId) } });
  return { workspaceId: liveId, slug: other.slug, kind: 'live' };
}
