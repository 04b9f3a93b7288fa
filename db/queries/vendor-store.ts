/**
 * What the simulated vendors remember, in Postgres, so that a kill -9 loses none of it. These tables stand for other companies: they lie
 * outside row-level security. Due moments are workspace time; leases and retries of webhooks are machine time.
 */
import type { Channel } from '#domain/customers/channels.ts';
import { z } from 'zod';
import type { Instant } from '#domain/shared/time.ts';
import type { Database, Transaction } from '#db/connection.ts';

export type Vendor = 'resend' | 'twilio' | 'webpush';
export type VendorAccount = { id: string; workspaceId: string; vendor: Vendor; credential: string; signingSecret: string; webhookUrl: string };

/** What the vendor was asked to send, alike for both channels; an SMS has neither subject nor html. */
export const VendorPayload = z.object({
  from: z.string(), subject: z.string(), html: z.string(), text: z.string(),
  headers: z.record(z.string(), z.string()), tags: z.record(z.string(), z.string()), statusCallbackUrl: z.string().nullable(),
  /** As a browser shows it. */
  notification: z.object({ title: z.string(), body: z.string(), url: z.string().nullable(), icon: z.string().nullable() }).optional(),
});
export type VendorPayload = z.infer<typeof VendorPayload>;

/** `id` is the vendor's, `messageId` ours; `seq` is given by the store and orders the mailbox. */
export type NewVendorMessage = { id: string; workspaceId: string; accountId: string; channel: Channel; recipient: string; messageId: string | null; payload: VendorPayload; status: string; receivedAt: Instant };
export type VendorMessage = NewVendorMessage & { seq: number };

export type VendorCallback = { id: string; workspaceId: string; accountId: string; dueAt: Instant; url: string; headers: Record<string, string>; body: string };
/** `attempts` counts this one. */
export type ClaimedCallback = VendorCallback & { attempts: number; vendor: Vendor; signingSecret: string };
export type IdempotentAnswer = { key: string; bodyHash: string; answer: unknown };

/** Since when it was asked to look for the records, in seconds of machine time; null while it was not. */
export type VendorDomainRow = { id: string; name: string; askedSecondsAgo: number | null };

export type VendorStore = {
  findAccount(vendor: Vendor, credential: string): Promise<VendorAccount | null>;
  getAccount(id: string): Promise<VendorAccount | null>;
  workspaceNow(workspaceId: string): Promise<Instant>;
  /** How many requests this one makes for the recipient. */
  countAttempt(accountId: string, recipient: string): Promise<number>;
  findIdempotent(accountId: string, key: string): Promise<IdempotentAnswer | null>;
  /** Keeps all or nothing; false when another request has used the key meanwhile. */
  saveAccepted(accepted: { accountId: string; messages: NewVendorMessage[]; callbacks: VendorCallback[]; idempotent: IdempotentAnswer | null; at: Instant }): Promise<boolean>;
  saveCallbacks(callbacks: VendorCallback[]): Promise<void>;
  /** Takes what is due in its workspace's time, for `leaseSeconds` of machine time. */
  claimDueCallbacks(limit: number, leaseSeconds: number): Promise<ClaimedCallback[]>;
  finishCallback(id: string, end: { state: 'done' | 'dead' } | { state: 'pending'; retryAfterSeconds: number }): Promise<void>;
  /** Frees what a killed server had claimed. */
  releaseClaims(): Promise<void>;
  countDueCallbacks(): Promise<number>;
  listMessages(filter: { to?: string | undefined; channel?: Channel | undefined; workspaceId?: string | undefined; after?: number | undefined; limit: number; newestFirst?: boolean }): Promise<VendorMessage[]>;
  findMessage(id: string): Promise<VendorMessage | null>;
  /** False when it was another status than `was` by now: two reports of one message may be told at once. */
  setMessageStatus(id: string, status: string, was: string): Promise<boolean>;
  /** Null when the account has a domain of this name already. */
  saveDomain(domain: { id: string; accountId: string; name: string }): Promise<VendorDomainRow | null>;
  listDomains(accountId: string): Promise<VendorDomainRow[]>;
  /** From now on its records are looked for; asked again, from the first time on. */
  askDomain(id: string): Promise<void>;
  removeDomain(id: string): Promise<void>;
};

type MessageRow = { id: string; workspace_id: string; account_id: string; channel: Channel; recipient: string; message_id: string | null; payload: unknown; status: string; received_at: Date; seq: number | string };
type AccountRow = { id: string; workspace_id: string; vendor: Vendor; credential: string; signing_secret: string; webhook_url: string };
type CallbackRow = { id: string; workspace_id: string; account_id: string; due_at: Date; url: string; headers: Record<string, string>; body: string; attempts: number; vendor: Vendor; signing_secret: string };

const iso = (at: Instant): string => new Date(at).toISOString();
const toAccount = (row: AccountRow): VendorAccount => ({ id: row.id, workspaceId: row.workspace_id, vendor: row.vendor, credential: row.credential, signingSecret: row.signing_secret, webhookUrl: row.webhook_url });
const toMessage = (row: MessageRow): VendorMessage => ({
  id: row.id, workspaceId: row.workspace_id, accountId: row.account_id, channel: row.channel, recipient: row.recipient, messageId: row.message_id,
  payload: VendorPayload.parse(row.payload), status: row.status, receivedAt: row.received_at.getTime(), seq: Number(row.seq),
});

/** The store over Postgres. */
export function openVendorStore(database: Database): VendorStore {
  return { ...accountQueries(database), ...messageQueries(database), ...domainQueries(database), ...callbackQueries(database) };
}

function accountQueries(database: Database): Pick<VendorStore, 'findAccount' | 'getAccount' | 'workspaceNow' | 'countAttempt' | 'findIdempotent'> {
  return {
    async findAccount(vendor, credential) {
      const [row] = await database<AccountRow[]>`select * from vendor_accounts where vendor = ${vendor} and credential = ${credential}`;
      return row ? toAccount(row) : null;
    },
    async getAccount(id) {
      const [row] = await database<AccountRow[]>`select * from vendor_accounts where id = ${id}`;
      return row ? toAccount(row) : null;
    },
    async workspaceNow(workspaceId) {
      const [row] = await database<{ now: Date }[]>`select workspace_now(${workspaceId}) as now`;
      return row!.now.getTime();
    },
    async countAttempt(accountId, recipient) {
      const [row] = await database<{ attempts: number }[]>`
        insert into vendor_attempts (account_id, recipient, attempts) values (${accountId}, ${recipient}, 1)
        on conflict (account_id, recipient) do update set attempts = vendor_attempts.attempts + 1 returning attempts`;
      return row!.attempts;
    },
    async findIdempotent(accountId, key) {
      const [row] = await database<{ body_hash: string; answer: unknown }[]>`select body_hash, answer from vendor_idempotency where account_id = ${accountId} and key = ${key}`;
      return row ? { key, bodyHash: row.body_hash, answer: row.answer } : null;
    },
  };
}

function messageQueries(database: Database): Pick<VendorStore, 'saveAccepted' | 'listMessages' | 'findMessage' | 'setMessageStatus'> {
  return {
    async saveAccepted({ accountId, messages, callbacks, idempotent, at }) {
      return database.begin(async (transaction) => {
        if (idempotent) {
          const kept = await transaction`
            insert into vendor_idempotency (account_id, key, body_hash, answer, created_at)
            values (${accountId}, ${idempotent.key}, ${idempotent.bodyHash}, ${JSON.stringify(idempotent.answer)}::text::jsonb, ${iso(at)}::text::timestamptz)
            on conflict do nothing`;
          if (kept.count === 0) return false;
        }
        await transaction`
          insert into vendor_messages (id, workspace_id, account_id, channel, recipient, message_id, payload, status, received_at)
          select * from unnest(${messages.map((message) => message.id)}::text[], ${messages.map((message) => message.workspaceId)}::uuid[], ${messages.map((message) => message.accountId)}::uuid[],
            ${messages.map((message) => message.channel)}::text[], ${messages.map((message) => message.recipient)}::text[], ${messages.map((message) => message.messageId)}::uuid[],
            ${messages.map((message) => JSON.stringify(message.payload))}::text[]::jsonb[], ${messages.map((message) => message.status)}::text[], ${messages.map((message) => iso(message.receivedAt))}::text[]::timestamptz[])`;
        await insertCallbacks(transaction, callbacks);
        return true;
      });
    },
    async listMessages({ to, channel, workspaceId, after, limit, newestFirst }) {
      const rows = await database<MessageRow[]>`
        select * from vendor_messages where true ${to === undefined ? database`` : database`and recipient = ${to}`}
        ${channel === undefined ? database`` : database`and channel = ${channel}`} ${workspaceId === undefined ? database`` : database`and workspace_id = ${workspaceId}`} ${after === undefined ? database`` : database`and seq > ${after}`}
        order by seq ${newestFirst ? database`desc` : database`asc`} limit ${limit}`;
      return rows.map(toMessage);
    },
    async findMessage(id) {
      const [row] = await database<MessageRow[]>`select * from vendor_messages where id = ${id}`;
      return row ? toMessage(row) : null;
    },
    async setMessageStatus(id, status, was) {
      return (await database`update vendor_messages set status = ${status} where id = ${id} and status = ${was} returning 1`).length > 0;
    },
  };
}

function domainQueries(database: Database): Pick<VendorStore, 'saveDomain' | 'listDomains' | 'askDomain' | 'removeDomain'> {
  return {
    async saveDomain({ id, accountId, name }) {
      const made = await database`insert into vendor_domains (id, account_id, name) values (${id}, ${accountId}, ${name}) on conflict do nothing returning id`;
      return made.length > 0 ? { id, name, askedSecondsAgo: null } : null;
    },
    listDomains: (accountId) => database<VendorDomainRow[]>`
      select id, name, extract(epoch from clock_timestamp() - verify_asked_at)::float8 as "askedSecondsAgo" from vendor_domains where account_id = ${accountId} order by created_at, id`,
    async askDomain(id) {
      await database`update vendor_domains set verify_asked_at = coalesce(verify_asked_at, clock_timestamp()) where id = ${id}`;
    },
    async removeDomain(id) {
      await database`delete from vendor_domains where id = ${id}`;
    },
  };
}

function callbackQueries(database: Database): Pick<VendorStore, 'saveCallbacks' | 'claimDueCallbacks' | 'finishCallback' | 'releaseClaims' | 'countDueCallbacks'> {
  const clocks = () => database`
    clocks as materialized (select workspace_id, workspace_now(workspace_id) as now from (select distinct workspace_id from vendor_callbacks where state = 'pending') w)`;
  return {
    saveCallbacks: (callbacks) => insertCallbacks(database, callbacks),
    async claimDueCallbacks(limit, leaseSeconds) {
      const rows = await database<CallbackRow[]>`
        with ${clocks()}, due as (
          select c.id from clocks join vendor_callbacks c on c.workspace_id = clocks.workspace_id and c.due_at <= clocks.now
          where c.state = 'pending' and (c.next_attempt_at is null or c.next_attempt_at <= clock_timestamp())
          order by c.due_at, c.id limit ${limit} for update of c skip locked)
        update vendor_callbacks c set attempts = c.attempts + 1, next_attempt_at = clock_timestamp() + ${leaseSeconds} * interval '1 second'
        from due, vendor_accounts a where c.id = due.id and a.id = c.account_id
        returning c.id, c.workspace_id, c.account_id, c.due_at, c.url, c.headers, c.body, c.attempts, a.vendor, a.signing_secret`;
      return rows
        .map((row): ClaimedCallback => ({
          id: row.id, workspaceId: row.workspace_id, accountId: row.account_id, dueAt: row.due_at.getTime(), url: row.url, headers: row.headers, body: row.body,
          attempts: row.attempts, vendor: row.vendor, signingSecret: row.signing_secret,
        }))
        .sort((a, b) => a.dueAt - b.dueAt);
    },
    async finishCallback(id, end) {
      const retryAfterSeconds = end.state === 'pending' ? end.retryAfterSeconds : 0;
      await database`update vendor_callbacks set state = ${end.state}, next_attempt_at = clock_timestamp() + ${retryAfterSeconds} * interval '1 second' where id = ${id}`;
    },
    async releaseClaims() {
      await database`update vendor_callbacks set next_attempt_at = null where state = 'pending' and next_attempt_at is not null`;
    },
    async countDueCallbacks() {
      const [row] = await database<{ due: number }[]>`
        with ${clocks()} select count(*)::int as due from clocks join vendor_callbacks c on c.workspace_id = clocks.workspace_id and c.due_at <= clocks.now where c.state = 'pending'`;
      return row!.due;
    },
  };
}

async function insertCallbacks(sql: Database | Transaction, callbacks: VendorCallback[]): Promise<void> {
  if (callbacks.length === 0) return;
  await sql`
    insert into vendor_callbacks (id, workspace_id, account_id, due_at, url, headers, body, state)
    select u.*, 'pending' from unnest(${callbacks.map((callback) => callback.id)}::uuid[], ${callbacks.map((callback) => callback.workspaceId)}::uuid[], ${callbacks.map((callback) => callback.accountId)}::uuid[],
      ${callbacks.map((callback) => iso(callback.dueAt))}::text[]::timestamptz[], ${callbacks.map((callback) => callback.url)}::text[], ${callbacks.map((callback) => JSON.stringify(callback.headers))}::text[]::jsonb[],
      ${callbacks.map((callback) => callback.body)}::text[]) u`;
}
