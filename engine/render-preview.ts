/** What an author sees before saving or in a test: the same compiler and the same renderer as at hand-over, with the facts of a reader of their choice and no signed link (§7.6). */
import type { Channel } from '#domain/customers/channels.ts';
import type { Transaction } from '#db/connection.ts';
import { findCustomer, listBalances } from '#db/queries/customers.ts';
import { listOffers, listVouchers } from '#db/queries/loyalty.ts';
import { findAvailableProducts, findLineProducts, findSomeProducts } from '#db/queries/products.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import { findTemplateByKey } from '#db/queries/templates.ts';
import { withSite } from '#domain/images/image-facts.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { checkEmail, type EmailFinding } from '#domain/messages/check-email.ts';
import { checkNotification, type NotificationFinding } from '#domain/messages/check-notification.ts';
import { messageFacts } from '#domain/messages/message-facts.ts';
import { nameLines, skusOf } from '#domain/messages/name-lines.ts';
import { productSkusIn, showProducts } from '#domain/messages/show-products.ts';
import type { TemplateContent } from '#domain/messages/template.ts';
import { chooseLanguage, type LanguageChoice } from '#domain/messages/choose-language.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import { DAY_MS } from '#domain/shared/time.ts';
import { readNow } from '#engine/burst/gather.ts';
import { compileTemplate } from '#engine/compile-template.ts';
import type { Engine } from '#engine/engine.ts';
import { exampleLink } from '#engine/links.ts';
import { sharedRenderer } from '#engine/render-message.ts';
import { contentOf, partsOf } from '#engine/template-parts.ts';

/** `content` in place of the template's latest version; an invented reader and an invented purchase where none is named. */
export type PreviewInput = { key: string; content?: TemplateContent | undefined; customerId?: string | undefined; language?: string | undefined; event?: { type: string; properties: Record<string, unknown> } | undefined; /** Keep the addresses of links, for a test whose reader follows them. */ followable?: boolean };
export type Preview = { channel: Channel; language: LanguageChoice; parts: Record<string, string>; content: ReturnType<typeof contentOf>; findings: (EmailFinding | NotificationFinding)[] };

const EXAMPLE_CODE = 'K7QM-2XWA-9BTE';
const MAXIMUM_OFFERS = 200;

/** A voucher of every offer: the customer's latest, or an example, since a journey gives it before the message leaves. */
async function vouchersFor(transaction: Transaction, customerId: string | null, now: number): Promise<{ offerKey: string; code: string; validUntil: number | null }[]> {
  const held = customerId === null ? [] : await listVouchers(transaction, { customerId, code: null, offerKey: null, before: null, limit: MAXIMUM_OFFERS });
  const offers = await listOffers(transaction, { after: null, key: null, limit: MAXIMUM_OFFERS });
  return offers.map(({ definition: { key } }) => {
    const latest = held.find(({ offerKey }) => offerKey === key);
    return latest ? { offerKey: key, code: latest.code, validUntil: latest.validUntil?.getTime() ?? null } : { offerKey: key, code: EXAMPLE_CODE, validUntil: now + 30 * DAY_MS };
  });
}

/** What an invented reader has just bought, when nobody says what began the journey. */
async function inventedPurchase(transaction: Transaction, workspaceId: string, currency: string): Promise<{ type: string; properties: Record<string, unknown> }> {
  const lines = (await findSomeProducts(transaction, workspaceId, 2)).map(({ sku, priceMinor }, index) => ({ lineId: String(index + 1), sku, quantity: 1, amountMinor: priceMinor }));
  return { type: 'purchase', properties: { orderId: 'A-1001', amountMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0) || 4_990, currency, ...(lines.length > 0 && { lines }) } };
}

function findingsOf(channel: Channel, parts: Record<string, string>, preferences: string): Preview['findings'] {
  if (channel === 'push') return checkNotification({ title: parts['title'], text: parts['text'], url: parts['url'], icon: parts['icon'] });
  return channel === 'email' ? checkEmail({ subject: parts['subject'] ?? '', html: parts['html'] ?? '' }, preferences) : [];
}

/** Renders in the language that the reader would get, and says what is wrong with an e-mail or a notification. Show `parts.html` only in a sandboxed frame. */
export async function renderPreview(engine: Engine, transaction: Transaction, workspaceId: string, input: PreviewInput): Promise<Result<Preview>> {
  const template = input.content ? null : await findTemplateByKey(transaction, input.key);
  const made = input.content ? await compileTemplate(input.content) : null;
  if (made && !made.ok) return made;
  const compiled = made?.value ?? template?.version.content.compiled;
  if (!compiled) return fail({ code: 'template.unknown', message: 'There is no such template.', path: ['params', 'key'] });
  const customer = input.customerId ? await findCustomer(transaction, input.customerId) : null;
  if (input.customerId && !customer) return fail({ code: 'customer.unknown', message: 'There is no such customer.', path: ['body', 'customerId'] });
  const workspace = await findWorkspace(transaction, workspaceId);
  const now = await readNow(transaction, workspaceId);
  const profile = customer?.profile ?? CustomerProfile.parse({ firstName: 'Camille', lastName: 'Martin' });
  const language = chooseLanguage(Object.keys(compiled.variants), input.language ?? profile.language ?? null, workspace?.language ?? 'en');
  const balances = customer ? Object.fromEntries((await listBalances(transaction, customer.id)).map(({ programme, amount }) => [programme, amount])) : { points: 120 };
  const began = { ...(input.event ?? (await inventedPurchase(transaction, workspaceId, workspace?.currency ?? 'EUR'))), occurredAt: now };
  const event = nameLines(began, await findLineProducts(transaction, workspaceId, skusOf([began])), language.language, workspace?.language ?? 'en');
  const products = showProducts(await findAvailableProducts(transaction, workspaceId, productSkusIn(compiled)), language.language, workspace?.language ?? 'en', { currency: workspace?.currency ?? 'EUR', currencyExponent: workspace?.currencyExponent ?? 2 });
  const address = `${engine.publicUrl}/u/preview`;
  const variables = messageFacts(
    { profile, balances, products, brand: workspace?.brand ?? '', zone: profile.timeZone ?? workspace?.timeZone ?? 'UTC', now, context: { event, variables: {}, vouchers: await vouchersFor(transaction, customer?.id ?? null, now) } },
    { preferences: address, unsubscribe: address },
  );
  const rendered = await sharedRenderer().render({ parts: partsOf(compiled, language.language) ?? {}, language: language.language, variables });
  if (!rendered.ok) return fail({ code: rendered.code, message: rendered.message, path: ['content', 'variants', language.language] });
  // A link that hand-over would sign stands between two marks: in an SMS it is shown as long as it will be.
  const shown = (text: string): string => (compiled.channel === 'sms' && !input.followable ? text.replace(/\uE000[^\uE000\uE001]*\uE001/g, exampleLink(engine)) : text.replace(/[\uE000\uE001]/g, ''));
  const parts = Object.fromEntries(Object.entries(rendered.parts).map(([name, text]): [string, string] => [name, withSite(shown(text), engine.publicUrl)]));
  return ok({ channel: compiled.channel, language, parts, content: contentOf(compiled, language.language, parts), findings: findingsOf(compiled.channel, parts, address) });
}
