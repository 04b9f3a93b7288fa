/**
 * From a claimed message to what the vendor is handed: the variant in the customer's language rendered with the facts of the claim, links
 * signed, the pixel and the unsubscribe headers added (§6.5, §7.6, §7.7). A failure is a reason for this message alone.
 */
import type { MessageRow } from '#db/queries/messages.ts';
import type { Reason } from '#domain/messages/may-still-send.ts';
import { chooseEmailSender, choosePhoneSender, type ChosenEmailSender, type ChosenPhoneSender } from '#domain/messages/choose-sender.ts';
import { fitNotification, type Notification } from '#domain/messages/fit-notification.ts';
import { helpReply } from '#domain/messages/help-reply.ts';
import { nameLines } from '#domain/messages/name-lines.ts';
import { messageFacts } from '#domain/messages/message-facts.ts';
import { showProducts } from '#domain/messages/show-products.ts';
import { chooseLanguage, type LanguageChoice } from '#domain/messages/choose-language.ts';
import { withSite } from '#domain/images/image-facts.ts';
import { formatId } from '#domain/shared/ids.ts';
import { SECOND_MS } from '#domain/shared/time.ts';
import type { ClaimedMessage } from '#engine/dispatch/claim-messages.ts';
import type { Payload } from '#engine/dispatch/payload.ts';
import type { SendingAccount } from '#engine/dispatch/sending-account.ts';
import type { Engine } from '#engine/engine.ts';
import { collectLinks, signId, type NewLink } from '#engine/links.ts';
import { sharedRenderer, type Renderer } from '#engine/render-message.ts';
import { contentOf, partsOf } from '#engine/template-parts.ts';
import { smsSender } from '#providers/account.ts';

export type Composed = { row: MessageRow; attempts: number; transactional: boolean; payload: Payload; links: NewLink[]; versionId: string | null; templateKey: string | null; templateNumber: number | null; language: LanguageChoice; /** The store in whose name it leaves, by the merchant's own number; null: the brand's. */ store: string | null };
export type Composition = { ok: true; composed: Composed } | { ok: false; row: MessageRow; attempts: number; reason: Reason };

/** Twilio takes 1 to 36,000 seconds; a message may not outlive its own expiry in the vendor's queue (§6.2). */
const LONGEST_VALIDITY_SECONDS = 36_000;

/** Puts one message together. Nothing is written yet. */
export async function composeMessage(engine: Engine, account: SendingAccount, claimed: ClaimedMessage, renderer: Renderer = sharedRenderer()): Promise<Composition> {
  const { row, attempts, transactional, facts, template } = claimed;
  const refuse = (code: string, figures?: Record<string, unknown>): Composition => ({ ok: false, row, attempts, reason: figures ? { code, figures } : { code } });
  const compiled = template?.content.compiled ?? (row.context.answers && account.channel !== 'email' ? helpReply(account.channel) : null);
  if (!compiled) return refuse('template.unknown');
  if (compiled.channel !== row.channel) return refuse('template.otherChannel', { template: template?.key ?? '' });
  const language = chooseLanguage(Object.keys(compiled.variants), facts.profile.language ?? null, facts.language);
  const parts = partsOf(compiled, language.language);
  if (!parts) return refuse('template.noVariant', { template: template?.key ?? '' });

  const { links, urlOf } = collectLinks(engine, { messageId: row.id, customerId: row.customerId });
  const preferences = urlOf('preferences');
  const context = { ...row.context, event: nameLines(row.context.event, facts.lineProducts, language.language, facts.language), vouchers: facts.vouchers };
  const variables = messageFacts({ ...facts, products: showProducts(facts.products, language.language, facts.language, facts.money), context }, { preferences, unsubscribe: preferences });
  const rendered = await renderer.render({ parts, language: language.language, variables });
  if (!rendered.ok) return refuse(rendered.code, { template: template?.key ?? '', message: rendered.message });

  const sender = senderOf(account, claimed.facts);
  const payload = payloadOf(engine, { account, sender }, claimed, { parts: rendered.parts, content: contentOf(compiled, language.language, rendered.parts), urlOf });
  return { ok: true, composed: { row, attempts, transactional, payload, links, versionId: template?.versionId ?? null, templateKey: template?.key ?? null, templateNumber: template?.number ?? null, language, store: sender.store } };
}

type Contents = { parts: Record<string, string>; content: ReturnType<typeof contentOf>; urlOf: UrlOf };

export type Sender = ChosenEmailSender | (ChosenPhoneSender & { replyTo: null });

/** The customer's store's, else the brand's; what the house takes and what a browser shows has none. */
export function senderOf(account: SendingAccount, { senders, verifiedDomains }: Pick<ClaimedMessage['facts'], 'senders' | 'verifiedDomains'>): Sender {
  switch (account.channel) {
    case 'email': return chooseEmailSender(account.config, senders, verifiedDomains);
    case 'sms':
    case 'whatsapp': return { ...choosePhoneSender(account.config.from, senders, account.channel), replyTo: null };
    default: return { from: '', replyTo: null, store: null };
  }
}

function payloadOf(engine: Engine, { account, sender }: { account: SendingAccount; sender: Sender }, claimed: ClaimedMessage, { parts, content, urlOf }: Contents): Payload {
  const { row, facts, address: to, transactional } = claimed;
  const { subject = '', html = '', text = '' } = parts;
  const messageId = row.id;
  switch (account.channel) {
    case 'email': {
      const preferences = urlOf('preferences');
      return {
        channel: 'email', messageId, to, from: sender.from, ...(sender.replyTo ? { replyTo: sender.replyTo } : {}),
        subject: oneLine(signMarked(subject, urlOf)), html: withPixel(signAnchors(withSite(signMarked(html, urlOf), engine.publicUrl), urlOf, `${engine.publicUrl}/u/`), urlOf('open')), text: signMarked(text, urlOf),
        headers: transactional ? {} : { 'List-Unsubscribe': `<${preferences}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }, tags: {},
      };
    }
    case 'letter': {
      const { firstName = '', lastName = '', street = '', postalCode = '', city = '', country } = facts.profile;
      const variables = Object.fromEntries(Object.entries(row.context.variables).flatMap(([name, value]) => (typeof value === 'object' ? [] : [[name, String(value)]])));
      return {
        channel: 'letter', messageId, to, recipient: { name: `${firstName} ${lastName}`.trim(), street, postalCode, city, country: country ?? to.slice(-2) },
        text: signMarked(text, urlOf), variables, transactional,
      };
    }
    case 'push': {
      return {
        channel: 'push', messageId, to, devices: facts.devices, notification: notificationOf({ ...parts, icon: withSite(parts['icon'] ?? '', engine.publicUrl), text: signMarked(text, urlOf) }, (address) => urlOf('click', address)),
        ttlSeconds: validitySeconds(row, facts.now), urgency: transactional ? 'high' : 'normal',
      };
    }
    case 'call': return { channel: 'call', messageId, to, text: signMarked(text, urlOf) };
    default: return {
      messageId, to, sender: smsSender(sender), body: signMarked(text, urlOf), validitySeconds: validitySeconds(row, facts.now), statusCallbackUrl: callbackUrl(engine, account, messageId),
      ...(account.channel === 'sms' ? { channel: account.channel } : { channel: account.channel, content: content && { sid: content.sid, variables: mapTexts(content.variables, (each) => signMarked(each, urlOf)) } }),
    };
  }
}

/** Carries our message id and our signature of it, so that any callback settles an ambiguous send (§7.4). */
export const callbackUrl = (engine: Engine, account: SendingAccount, messageId: string): string =>
  `${engine.publicUrl}/api/webhooks/twilio/${formatId('endpoint', account.endpointId ?? '')}?message=${messageId}&token=${signId(engine.secret, 'callback', messageId)}`;

const validitySeconds = (row: MessageRow, now: number): number =>
  Math.max(1, Math.min(LONGEST_VALIDITY_SECONDS, row.expiresAt === null ? LONGEST_VALIDITY_SECONDS : Math.floor((row.expiresAt - now) / SECOND_MS)));

const mapTexts = (texts: Record<string, string>, change: (text: string) => string): Record<string, string> => Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, change(text)]));

/** A line break in a subject would begin another header. */
const oneLine = (subject: string): string => subject.replace(/[\r\n\t ]+/g, ' ').trim();

/** From its rendered parts; what is no web address is left out, and a picture that is not fetched over https too, as a browser refuses it. */
export function notificationOf({ title = '', text = '', url = '', icon = '' }: Record<string, string>, linkTo: (address: string) => string): Notification {
  const [address, picture] = [url.trim(), icon.trim()];
  return fitNotification({ title: oneLine(title), body: text, url: isWeb(address) ? linkTo(address) : null, icon: /^https:/i.test(picture) && URL.canParse(picture) ? picture : null });
}

type UrlOf = ReturnType<typeof collectLinks>['urlOf'];
const isWeb = (url: string): boolean => /^https?:\/\//i.test(url) && URL.canParse(url);
const decode = (attribute: string): string => attribute.replace(/&(amp|#38|#x26);/gi, '&');

/** Replaces what the `short_link` filter has marked. */
const signMarked = (text: string, urlOf: UrlOf): string => text.replace(/\uE000([^\uE000\uE001]*)\uE001/g, (_, url: string) => (isWeb(url) ? urlOf('click', url) : url));

/** Each web address of a link in the HTML becomes a signed one; our own pages, mail and telephone links stay. */
export function signAnchors(html: string, urlOf: UrlOf, own: string): string {
  return html.replace(/(<a\b[^>]{0,2000}?\bhref\s*=\s*)(?:"([^"]*)"|'([^']*)')/gi, (whole, before: string, double: string | undefined, single: string | undefined) => {
    const url = decode((double ?? single ?? '').trim());
    return isWeb(url) && !url.startsWith(own) ? `${before}"${urlOf('click', url)}"` : whole;
  });
}

function withPixel(html: string, url: string): string {
  const pixel = `<img src="${url}" width="1" height="1" alt="" style="display:block;border:0">`;
  return /<\/body>/i.test(html) ? html.replace(/<\/body>/i, `${pixel}</body>`) : html + pixel;
}
