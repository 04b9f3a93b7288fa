/** What a workspace is set up with: itself, stores, products, policy, accounts, keys, and the audit log. */
import type { Channel } from '#domain/customers/channels.ts';
import type { Transaction } from '#db/connection.ts';
import { AttributionWindows } from '#domain/measurement/attribute.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { PressurePolicy } from '#domain/pressure/policy.ts';

export type WorkspaceRow = { id: string; slug: string; name: string; brand: string; kind: 'live' | 'sandbox'; currency: string; currencyExponent: number; timeZone: string; country: string; language: string; attribution: AttributionWindows; smsPartMicros: number | null; /** The live workspace that a sandbox tries things for. */ liveId: string | null };
export async function findWorkspace(transaction: Transaction, workspaceId: string): Promise<WorkspaceRow | null> {
  const [row] = await transaction<WorkspaceRow[]>`
    select id, slug, name, brand, kind, currency, currency_exponent as "currencyExponent", time_zone as "timeZone", country, language, attribution, sms_part_micros as "smsPartMicros", live_id as "liveId" from workspaces where id = ${workspaceId}`;
  return row ? { ...row, attribution: AttributionWindows.parse(row.attribution) } : null;
}

export type StoreRow = { id: string; externalId: string; name: string; city: string | null; country: string; timeZone: string; opensOn: string | null; closesOn: string | null };
/** By their keys; of `storeIds` these alone. */
export const listStores = (transaction: Transaction, page: { after: string | null; limit: number; storeIds?: readonly string[] | null }): Promise<StoreRow[]> => transaction<StoreRow[]>`
  select id, external_id as "externalId", name, city, country, time_zone as "timeZone", opens_on::text as "opensOn", closes_on::text as "closesOn" from stores
   where (${page.after}::text is null or external_id > ${page.after}) and (${!page.storeIds} or id = any(${[...(page.storeIds ?? [])]}::uuid[])) order by external_id limit ${page.limit}`;

/** The policy in force; revision 0 is the default that nobody has written. */
export async function readPolicy(transaction: Transaction): Promise<{ revision: number; policy: PressurePolicy }> {
  const [row] = await transaction<{ revision: number; policy: unknown }[]>`select revision, policy from pressure_policies`;
  return row ? { revision: row.revision, policy: PressurePolicy.parse(row.policy) } : { revision: 0, policy: DEFAULT_PRESSURE_POLICY };
}

export type AccountRow = { id: string; channel: Channel; config: unknown; sealed: Buffer | null; endpointId: string | null };
/** Accounts as they lie: nothing of `config` but its kind and sender may leave. */
export const listAccounts = (transaction: Transaction): Promise<AccountRow[]> => transaction<AccountRow[]>`
  select a.id, a.channel, a.config, a.sealed, (select e.id from webhook_endpoints e where e.account_id = a.id order by e.id limit 1) as "endpointId"
    from provider_accounts a order by a.channel`;

export type ApiKeyRow = { id: string; name: string; prefix: string; scopes: string[]; createdAt: Date; lastUsedAt: Date | null; revokedAt: Date | null; /** External ids of the stores it is bound to; null without such a limit. */ stores: string[] | null };
export const listApiKeys = (transaction: Transaction, page: { before: string | null; limit: number }): Promise<ApiKeyRow[]> => transaction<ApiKeyRow[]>`
  select id, name, prefix, scopes, created_at as "createdAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt",
         case when store_ids is not null then array(select external_id from stores where stores.id = any(store_ids) order by external_id) end as stores from api_keys
   where (${page.before}::uuid is null or id < ${page.before}) order by id desc limit ${page.limit}`;

export type AuditRow = { id: string; actor: string; action: string; subject: string; before: unknown; after: unknown; reason: string | null; at: Date };
/** `about` is the noun before the point of an action. Dates are days of the workspace's time zone, both included. */
export type AuditFilter = { about: string | null; action: string | null; actor: string | null; subject: string | null; from: string | null; until: string | null };
export const listAudit = (transaction: Transaction, { about, action: named, actor, subject, from, until }: AuditFilter, page: { before: string | null; limit: number }): Promise<AuditRow[]> => transaction<AuditRow[]>`
  select line.id, actor, action, subject, before, after, reason, at from audit_lines line join workspaces workspace on workspace.id = line.workspace_id
   where (${page.before}::uuid is null or line.id < ${page.before}) and (${about}::text is null or split_part(action, '.', 1) = ${about})
     and (${named}::text is null or action = ${named}) and (${actor}::text is null or actor = ${actor}) and (${subject}::text is null or subject = ${subject})
     and (${from}::text is null or at >= ${from}::text::date::timestamp at time zone workspace.time_zone)
     and (${until}::text is null or at < (${until}::text::date + 1)::timestamp at time zone workspace.time_zone)
   order by line.id desc limit ${page.limit}`;

/** What the people and keys of audit lines are called, those who have left included. */
export const nameActors = (transaction: Transaction, userIds: string[], keyIds: string[]): Promise<{ id: string; name: string }[]> => transaction<{ id: string; name: string }[]>`
  select id::text, name from auth_users where id::text = any(${userIds}::text[]) union all select id::text, name from api_keys where id = any(${keyIds}::uuid[])
  union all select id::text, name from tills where id = any(${keyIds}::uuid[]) union all select id::text, name from till_staff where id = any(${keyIds}::uuid[])`;

export type EventTypeRow = { type: string; sample: unknown; firstSeenAt: Date };
export const listEventTypes = (transaction: Transaction, page: { after: string | null; limit: number }): Promise<EventTypeRow[]> => transaction<EventTypeRow[]>`
  select type, sample, first_seen_at as "firstSeenAt" from event_types where (${page.after}::text is null or type > ${page.after}) order by type limit ${page.limit}`;

export type QuarantinedRow = { id: string; eventId: string; type: string; occurredAt: Date; acceptedAt: Date; properties: Record<string, unknown>; problems: unknown };
export const listQuarantined = (transaction: Transaction, workspaceId: string, page: { before: string | null; limit: number }): Promise<QuarantinedRow[]> => transaction<QuarantinedRow[]>`
  select id, event_id as "eventId", type, occurred_at as "occurredAt", accepted_at as "acceptedAt", properties, problem as problems from events
   where workspace_id = ${workspaceId} and outcome = 'quarantined' and (${page.before}::uuid is null or id < ${page.before}) order by id desc limit ${page.limit}`;
