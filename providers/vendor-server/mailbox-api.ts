/**
 * The customers' side of the simulated vendors: what they received, and what they do with it. `GET /mailbox`, `POST /mailbox/{id}/open|click|complain`
 * and `POST /mailbox/reply`; each act becomes the vendor's signed webhook, due at once in workspace time.
 */
import { z } from 'zod';
import { formatInstant } from '#domain/shared/time.ts';
import { emailCallback, inboundSmsCallback, smsStatusCallback } from '#providers/vendor-server/vendor-events.ts';
import { newSid } from '#providers/vendor-server/twilio-api.ts';
import { readJson, type VendorAnswer, type VendorRequest } from '#providers/vendor-server/vendor-answer.ts';
import type { CallbackDeliverer } from '#providers/vendor-server/deliver-callbacks.ts';
import type { VendorMessage, VendorStore } from '#db/queries/vendor-store.ts';

const ACTS = new Map([['open', 'email.opened'], ['click', 'email.clicked'], ['complain', 'email.complained']]);

const Filter = z.object({ to: z.string().optional(), workspaceId: z.uuid().optional(), after: z.coerce.number().int().optional(), limit: z.coerce.number().int().min(1).max(1_000).default(100) });
const Click = z.object({ link: z.string().optional() });
const Reply = z.object({ from: z.string().min(1), body: z.string(), to: z.string().optional(), channel: z.enum(['sms', 'whatsapp']).default('sms'), workspaceId: z.uuid().optional() });

const problem = (status: number, detail: string): VendorAnswer => ({ status, body: { title: 'mailbox', detail } });

/** Messages in the order received; `next` is the `after` of the following page, null at the end. */
export async function listMailbox(store: VendorStore, request: VendorRequest): Promise<VendorAnswer> {
  const filter = Filter.safeParse(Object.fromEntries(request.query));
  if (!filter.success) return problem(400, z.prettifyError(filter.error));
  const messages = await store.listMessages({ ...filter.data, to: filter.data.to?.toLowerCase() });
  return { status: 200, body: { messages: messages.map(shown), next: messages.length === filter.data.limit ? (messages.at(-1)?.seq ?? null) : null } };
}

function shown(message: VendorMessage) {
  const { id, seq, workspaceId, channel, recipient: to, messageId, status, receivedAt } = message;
  const { from, subject, html, text, headers, tags } = message.payload;
  return { id, seq, workspaceId, channel, to, from, subject, html, text, headers, tags, messageId, status, at: formatInstant(receivedAt) };
}

/** The customer opens, clicks (`{ link }`, by default the first link) or complains. Answers when the webhook has been tried. */
export async function actOnMessage(store: VendorStore, deliverer: CallbackDeliverer, id: string, act: string, request: VendorRequest): Promise<VendorAnswer> {
  const type = ACTS.get(act);
  const message = await store.findMessage(id);
  const account = message && (await store.getAccount(message.accountId));
  if (message?.channel === 'whatsapp' && account && act === 'open') {
    await store.saveCallbacks(smsStatusCallback(account, message, { status: 'read', dueAt: await store.workspaceNow(message.workspaceId) }));
    await deliverer.run();
    return { status: 202, body: { id, act } };
  }
  if (!type || !message || !account || message.channel !== 'email') return problem(404, 'no such e-mail');
  const click = Click.safeParse(readJson(request.body) ?? {});
  const link = act === 'click' ? ((click.success ? click.data.link : undefined) ?? firstLink(message)) : undefined;
  if (act === 'click' && link === undefined) return problem(422, 'the e-mail has no link');
  const at = await store.workspaceNow(message.workspaceId);
  await store.saveCallbacks([emailCallback(account, message, { type, dueAt: at, happenedAt: at, ...(link !== undefined && { link }) })]);
  await deliverer.run();
  return { status: 202, body: { id, act, ...(link !== undefined && { link }) } };
}

const firstLink = ({ payload }: VendorMessage): string | undefined => /href="(https?:[^"]+)"/.exec(payload.html)?.[1]?.replaceAll('&amp;', '&') ?? /https?:\S+/.exec(payload.text)?.[0];

/** The customer at `from` answers the last SMS or WhatsApp message they received, so it must exist; `to` is by default its sender. */
export async function replyBySms(store: VendorStore, deliverer: CallbackDeliverer, request: VendorRequest): Promise<VendorAnswer> {
  const reply = Reply.safeParse(readJson(request.body));
  if (!reply.success) return problem(400, z.prettifyError(reply.error));
  const { from, body, to, channel, workspaceId } = reply.data;
  const [last] = await store.listMessages({ to: from, channel, workspaceId, limit: 1, newestFirst: true });
  const account = last && (await store.getAccount(last.accountId));
  if (!last || !account || last.channel !== channel) return problem(404, 'nobody has written to this number');
  const sms = { id: newSid(), channel, from, to: to ?? last.payload.from, body, at: await store.workspaceNow(last.workspaceId) };
  await store.saveCallbacks([inboundSmsCallback(account, sms)]);
  await deliverer.run();
  return { status: 202, body: { id: sms.id } };
}
