/** Who works in which workspace. These tables lie outside row-level security: every question names its user or its workspace. */
import type { Database, Transaction } from '#db/connection.ts';

export type MembershipRow = {
  workspaceId: string; slug: string; workspaceName: string; brand: string; kind: 'live' | 'sandbox';
  currency: string; currencyExponent: number; timeZone: string; country: string; language: string; liveId: string | null; role: string; storeIds: string[];
};

type WorkspaceOfMember = Omit<MembershipRow, 'role' | 'storeIds' | 'workspaceId'>;

/** The workspace as the pages inside it are told, in a transaction of that workspace. */
export async function findWorkspaceRow(transaction: Transaction, workspaceId: string): Promise<WorkspaceOfMember | null> {
  const [workspace] = await transaction<WorkspaceOfMember[]>`
    select slug, name as "workspaceName", brand, kind, currency, currency_exponent as "currencyExponent", time_zone as "timeZone", country, language, live_id as "liveId" from workspaces where id = ${workspaceId}`;
  return workspace ?? null;
}

/** Workspaces lie behind row-level security, so each is read in a transaction of its own; people belong to a handful. */
export async function listMemberships(database: Database, userId: string): Promise<MembershipRow[]> {
  const rows = await database<{ workspaceId: string; role: string; storeIds: string[] }[]>`
    select workspace_id as "workspaceId", role, store_ids as "storeIds" from memberships where user_id = ${userId} order by created_at, workspace_id`;
  const found = await Promise.all(rows.map((row) => database.begin(async (transaction) => {
    await transaction`select set_config('app.workspace_id', ${row.workspaceId}, true)`;
    const workspace = await findWorkspaceRow(transaction, row.workspaceId);
    return workspace ? [{ ...row, ...workspace }] : [];
  })));
  return found.flat();
}

export async function findMembership(database: Database | Transaction, userId: string, workspaceId: string): Promise<{ role: string; storeIds: string[]; requiresTwoFactor: boolean } | null> {
  const [row] = await database<{ role: string; storeIds: string[]; requiresTwoFactor: boolean }[]>`
    select m.role, m.store_ids as "storeIds", coalesce(r.requires_two_factor, false) as "requiresTwoFactor"
      from memberships m left join entry_rules r using (workspace_id) where m.user_id = ${userId} and m.workspace_id = ${workspaceId}`;
  return row ?? null;
}

export async function firstMembership(database: Database, userId: string): Promise<string | null> {
  const [row] = await database<{ workspaceId: string }[]>`
    select workspace_id as "workspaceId" from memberships where user_id = ${userId} order by created_at, workspace_id limit 1`;
  return row?.workspaceId ?? null;
}

export type MemberRow = { userId: string; name: string; email: string; role: string; storeIds: string[]; twoFactor: boolean; createdAt: Date };
export const listMembers = (transaction: Transaction, workspaceId: string): Promise<MemberRow[]> => transaction<MemberRow[]>`
  select m.user_id as "userId", u.name, u.email, m.role, m.store_ids as "storeIds", coalesce(u.two_factor_enabled, false) as "twoFactor", m.created_at as "createdAt"
    from memberships m join auth_users u on u.id = m.user_id where m.workspace_id = ${workspaceId} order by u.name, u.email`;

/** Whether whoever enters the workspace needs a second proof. */
export async function readsTwoFactorRule(database: Database | Transaction, workspaceId: string): Promise<boolean> {
  const [row] = await database<{ requires: boolean }[]>`select requires_two_factor as requires from entry_rules where workspace_id = ${workspaceId}`;
  return row?.requires ?? false;
}
