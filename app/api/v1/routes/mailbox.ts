/** The customers' side of a sandbox: what the simulated vendors received, and what a customer does with it. A live workspace has no such mailbox. */
import { z } from 'zod';
import { CHANNELS } from '#domain/customers/channels.ts';
import type { Transaction } from '#db/connection.ts';
import { findMail, findVendorUrl, listMail, type MailRow } from '#db/queries/mailbox.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import { formatId } from '#domain/shared/ids.ts';
import type { Engine } from '#engine/engine.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, iso, Iso, pageOf, PageOf, pageQuery, readCursor } from '#app/api/edge.ts';
import { ApiError } from '#app/api/problem.ts';

const NUMBER_KEY = /^\d{1,18}$/;
const TRY_MS = 10_000;

const Mail = z.object({
  id: z.string().meta({ description: 'The simulated vendor’s id.' }), channel: z.enum(CHANNELS), to: z.string(), from: z.string(), subject: z.string(), html: z.string(), text: z.string(),
  notification: z.object({ title: z.string(), body: z.string(), url: z.string().nullable(), icon: z.string().nullable() }).nullable(),
  messageId: Id('message').nullable(), status: z.string(), at: Iso, unsubscribeUrl: z.string().nullable().meta({ description: 'Where a mail program posts its one-click unsubscribe (RFC 8058).' }),
}).meta({ id: 'Mail' });

const toMail = ({ id, channel, recipient, messageId, status, receivedAt, payload }: MailRow): z.input<typeof Mail> => ({
  id, channel, to: recipient, from: payload.from, subject: payload.subject, html: payload.html, text: payload.text, notification: payload.notification ?? null, messageId: messageId === null ? null : formatId('message', messageId), status, at: iso(receivedAt),
  unsubscribeUrl: /<(https?:[^>]+)>/.exec(payload.headers['List-Unsubscribe'] ?? payload.headers['list-unsubscribe'] ?? '')?.[1] ?? null,
});

const onlyInSandbox = (kind: string | undefined): void => {
  if (kind !== 'sandbox') throw new PermanentError('sandbox.only', 'A live workspace writes to people: what they receive is not kept here.');
};

const list = defineRoute({
  method: 'POST', path: '/sandbox/mailbox/search', noun: 'Sandbox', summary: 'Read what customers of a sandbox received, newest first', description: 'A POST, so that no address stands in a URL or a log.', scope: 'sandbox', errors: ['sandbox.only'],
  body: z.strictObject({ ...pageQuery, search: z.string().trim().min(1).max(300).optional().meta({ description: 'A part of the address or number.' }) }), response: PageOf(Mail),
  async read({ transaction, workspaceId, body: { limit, after, search } }) {
    onlyInSandbox((await findWorkspace(transaction, workspaceId))?.kind);
    const before = readCursor(after, [NUMBER_KEY])?.[0];
    const rows = await listMail(transaction, workspaceId, { search: search ?? null, before: before === undefined ? null : Number(before), limit: limit + 1 });
    return pageOf(rows, limit, ({ seq }) => [String(seq)], toMail);
  },
});

/** Reads under row-level security whether the message is this sandbox's, and where its vendors are. */
const findVendor = (engine: Engine, who: { workspaceId: string; actor: string }, finds: (transaction: Transaction) => Promise<boolean>) => runInWorkspace(engine, who, async ({ transaction }) => {
  onlyInSandbox((await findWorkspace(transaction, who.workspaceId))?.kind);
  if (!(await finds(transaction))) throw new PermanentError('mail.unknown', 'There is no such message in this mailbox.');
  return findVendorUrl(transaction);
});

const VendorAnswer = z.object({ detail: z.string().optional(), link: z.string().optional() });

/** Asks the vendor server, which answers when its webhook has been tried. */
async function ask(url: string | null, path: string, body: unknown): Promise<z.infer<typeof VendorAnswer>> {
  const response = url === null ? null : await fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(TRY_MS) }).catch(() => null);
  if (!response || response.status >= 500) throw new ApiError('unavailable', 'The simulated vendors of this sandbox do not answer.');
  const answer = VendorAnswer.safeParse(await response.json().catch(() => ({})));
  const given = answer.success ? answer.data : {};
  if (!response.ok) throw new ApiError(response.status === 404 ? 'mail.unknown' : 'request.invalid', given.detail ?? 'The simulated vendor refused.');
  return given;
}

const act = defineRoute({
  method: 'POST', path: '/sandbox/mailbox/{mailId}/{act}', noun: 'Sandbox', summary: 'Open an e-mail, click one of its links or complain, as its customer', scope: 'sandbox', errors: ['mail.unknown', 'sandbox.only'],
  description: 'The vendor’s signed webhook follows, as for a real one. A click without `link` takes the first link.',
  params: z.object({ mailId: z.string().regex(/^[\w-]{1,100}$/), act: z.enum(['open', 'click', 'complain']) }), body: z.strictObject({ link: z.string().max(4_000).optional() }),
  response: z.object({ act: z.string(), link: z.string().nullable() }), status: 202,
  async run({ engine, workspaceId, actor, params: { mailId, act: what }, body }) {
    const url = await findVendor(engine, { workspaceId, actor }, async (transaction) => (await findMail(transaction, workspaceId, mailId)) !== null);
    const { link } = await ask(url, `/mailbox/${mailId}/${what}`, body);
    return { body: { act: what, link: link ?? null } };
  },
});

const reply = defineRoute({
  method: 'POST', path: '/sandbox/mailbox/reply', noun: 'Sandbox', summary: 'Answer the last SMS or WhatsApp message as its customer', scope: 'sandbox', errors: ['mail.unknown', 'sandbox.only'],
  body: z.strictObject({ from: z.string().min(1).max(30), body: z.string().min(1).max(1_600), channel: z.enum(['sms', 'whatsapp']).default('sms') }), response: z.object({ act: z.literal('reply') }), status: 202,
  async run({ engine, workspaceId, actor, body }) {
    const url = await findVendor(engine, { workspaceId, actor }, async (transaction) => (await listMail(transaction, workspaceId, { search: body.from, before: null, limit: 1 })).length > 0);
    await ask(url, '/mailbox/reply', { ...body, workspaceId });
    return { body: { act: 'reply' as const } };
  },
});

export const mailboxRoutes = [list, reply, act];
