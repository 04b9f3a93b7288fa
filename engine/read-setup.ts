/** How far a workspace is from reaching its own customers. Each step is ticked by facts, never by hand; who asks is told those that they may do something about. */
import type { Transaction } from '#db/connection.ts';
import { withinStores } from '#db/queries/store-journeys.ts';
import type { Scope } from '#engine/commands/scopes.ts';
import { hasKeys } from '#engine/missing-senders.ts';
import type { VendorAccounts } from '#providers/account.ts';

/** In the order in which they are best done; `address` is the page where it is done. */
export const SETUP_STEPS = [
  { key: 'customers', scope: 'imports:write', address: '/customers/imports' },
  { key: 'sender', scope: 'settings:write', address: '/settings/senders' },
  { key: 'store', scope: 'settings:write', address: '/stores' },
  { key: 'team', scope: 'settings:write', address: '/settings/members' },
  { key: 'pairedTill', scope: 'tills:write', address: '/tills' },
  { key: 'poster', scope: 'tills:write', address: '/tills' },
  { key: 'till', scope: 'loyalty:redeem', address: '/till' },
  { key: 'template', scope: 'content:write', address: '/content/templates/new' },
  { key: 'journey', scope: 'journeys:write', address: '/journeys/new' },
  { key: 'simulation', scope: 'journeys:write', address: '/journeys/simulations' },
  { key: 'published', scope: 'journeys:publish', address: '/journeys' },
] as const satisfies readonly { key: string; scope: Scope; address: string }[];
export type SetupKey = (typeof SETUP_STEPS)[number]['key'];
export type SetupStep = { key: SetupKey; address: string; done: boolean };

type Facts = Record<Exclude<SetupKey, 'sender'>, boolean> & { accounts: unknown[] };

/** `vendorAccounts`: the installation's own. `storeIds`: the only stores that the caller acts for, whose facts alone tick what concerns stores. */
export async function readSetup(transaction: Transaction, workspaceId: string, scopes: readonly string[], vendorAccounts: VendorAccounts, storeIds: string[] | null = null): Promise<SetupStep[]> {
  const ofStores = transaction`(${storeIds === null} or store_id = any(${storeIds ?? []}::uuid[]))`;
  const [facts] = await transaction<Facts[]>`
    select exists (select from customers where workspace_id = ${workspaceId}) as customers, exists (select from stores where workspace_id = ${workspaceId}) as store,
      (select count(*) > 1 from memberships where workspace_id = ${workspaceId}) as team, exists (select from events where workspace_id = ${workspaceId} and type = 'purchase' and ${ofStores}) as till,
      exists (select from tills where workspace_id = ${workspaceId} and paired_at is not null and revoked_at is null and ${ofStores}) as "pairedTill",
      exists (select from places where workspace_id = ${workspaceId} and kind = 'join' and revoked_at is null and ${ofStores}) as poster,
      exists (select from templates where workspace_id = ${workspaceId}) as template, exists (select from journeys j where workspace_id = ${workspaceId} and ${withinStores(transaction, storeIds)}) as journey,
      exists (select from simulations where workspace_id = ${workspaceId} and (${storeIds === null} or store_ids <@ ${storeIds ?? []}::uuid[])) as simulation,
      exists (select from journey_versions v join journeys j on j.id = v.journey_id where v.workspace_id = ${workspaceId} and ${withinStores(transaction, storeIds)}) as published,
      coalesce((select jsonb_agg(config) from provider_accounts where workspace_id = ${workspaceId} and channel = 'email'), '[]') as accounts`;
  if (!facts) return [];
  const { accounts, ...done } = facts;
  const sender = accounts.some((config) => hasKeys(config, 'email', vendorAccounts));
  const isDone: Record<SetupKey, boolean> = { ...done, sender };
  return SETUP_STEPS.filter(({ scope }) => scopes.includes(scope)).map(({ key, address }) => ({ key, address, done: isDone[key] }));
}
