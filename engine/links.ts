/**
 * Signed links in messages: a token is the row's id and a truncated HMAC-SHA-256 of it, so nothing personal stands in a URL, nobody can
 * guess one, and a forged one never reaches the database.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { v7 } from 'uuid';
import { z } from 'zod';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import type { Engine } from '#engine/engine.ts';
import { secretsOf, type Keyring } from '#engine/seal-secret.ts';

export type LinkKind = 'click' | 'open' | 'preferences';
export type NewLink = { id: string; messageId: string; customerId: string; kind: LinkKind; url: string | null };
export type OpenedLink = NewLink & { workspaceId: string };

/** A link travels in an SMS, where each character counts, and a code is read the better the less it holds: six bytes, which nobody tries out over the network, beside the 74 random bits of the id. */
const TAG_BYTES = { link: 6, callback: 16, place: 6, visitor: 16, connector: 16 } as const;
/** What a signed id is good for: one made for a purpose proves nothing for another. */
export type SignedPurpose = keyof typeof TAG_BYTES;
/** Links of messages that left before were longer, and are followed for ever. */
const LONG_TAG_BYTES = 16;
const ID_BYTES = 16;
const PATHS: Record<LinkKind, string> = { click: 'l', open: 'o', preferences: 'u' };

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const tagOf = (secret: string, purpose: string, id: Buffer, bytes: number): Buffer => createHmac('sha256', secret).update(purpose).update(id).digest().subarray(0, bytes);

/** Characters that name a UUID and prove that we wrote them for this purpose: 30 for a link or a place, 43 for a callback, a visitor or a connector. */
export function signId(secret: string, purpose: SignedPurpose, uuid: string): string {
  const id = bytesOf(uuid);
  return Buffer.concat([id, tagOf(secret, purpose, id, TAG_BYTES[purpose])]).toString('base64url');
}

/** The UUID of a token that we signed for this purpose, or null. */
export function verifyId(keyring: Keyring, purpose: SignedPurpose, token: string): string | null {
  if (!/^[\w-]{30,43}$/.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const [id, tag] = [bytes.subarray(0, ID_BYTES), bytes.subarray(ID_BYTES)];
  if ((tag.length !== TAG_BYTES[purpose] && tag.length !== LONG_TAG_BYTES) || !secretsOf(keyring).some((secret) => timingSafeEqual(tag, tagOf(secret, purpose, id, tag.length)))) return null;
  const hex = id.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Where a link of this kind is answered. */
export const linkUrl = ({ publicUrl, secret }: Pick<Engine, 'publicUrl' | 'secret'>, kind: LinkKind, id: string): string => `${publicUrl}/${PATHS[kind]}/${signId(secret, 'link', id)}`;

/** A link as long as those that leave, which leads nowhere: what a preview shows and counts. */
export const exampleLink = ({ publicUrl }: Pick<Engine, 'publicUrl'>): string => `${publicUrl}/${PATHS.click}/${'x'.repeat(Math.ceil(((ID_BYTES + TAG_BYTES.link) * 8) / 6))}`;

/** Collects the links of one message while it is put together; the same URL is one link. */
export function collectLinks(site: Pick<Engine, 'publicUrl' | 'secret'>, message: { messageId: string; customerId: string }): { links: NewLink[]; urlOf: (kind: LinkKind, url?: string) => string } {
  const byTarget = new Map<string, NewLink>();
  const links: NewLink[] = [];
  const urlOf = (kind: LinkKind, url?: string): string => {
    const target = `${kind} ${url ?? ''}`;
    let link = byTarget.get(target);
    if (!link) {
      link = { id: v7(), ...message, kind, url: url ?? null };
      byTarget.set(target, link);
      links.push(link);
    }
    return linkUrl(site, kind, link.id);
  };
  return { links, urlOf };
}

/** Writes links in the caller's transaction. */
export async function insertLinks(transaction: Transaction, workspaceId: string, links: NewLink[]): Promise<void> {
  if (links.length === 0) return;
  await transaction`
    insert into links (id, workspace_id, message_id, customer_id, kind, url)
    select t.id, ${workspaceId}, t.message_id, t.customer_id, t.kind, t.url
      from unnest(${links.map((link) => link.id)}::uuid[], ${links.map((link) => link.messageId)}::uuid[], ${links.map((link) => link.customerId)}::uuid[],
                  ${links.map((link) => link.kind)}::text[], ${links.map((link) => link.url)}::text[]) t(id, message_id, customer_id, kind, url)`;
}

const LinkRow = z.object({ id: z.string(), messageId: z.string(), customerId: z.string(), kind: z.enum(['click', 'open', 'preferences']), url: z.string().nullable() });

/** The link that a token names, or null when the token is not ours or its link is gone. */
export async function openLink(engine: Engine, token: string): Promise<OpenedLink | null> {
  const id = verifyId(engine, 'link', token);
  if (id === null) return null;
  const [found] = await engine.database<{ workspaceId: string | null }[]>`select resolve_link(${id}) as "workspaceId"`;
  const workspaceId = found?.workspaceId;
  if (!workspaceId) return null;
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [row] = await transaction`select id, message_id as "messageId", customer_id as "customerId", kind, url from links where id = ${id}`;
    return row ? { ...LinkRow.parse(row), workspaceId } : null;
  });
}
