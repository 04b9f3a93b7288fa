/** Templates: what messages say, in each language. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { findCustomer, listBalances } from '#db/queries/customers.ts';
import { listOffers, listVouchers } from '#db/queries/loyalty.ts';
import { findProductNames, findSomeProducts } from '#db/queries/products.ts';
import { findTemplateByKey, findTemplateVersion, listTemplates, listTemplateVersions } from '#db/queries/templates.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { checkEmail } from '#domain/messages/check-email.ts';
import { messageFacts } from '#domain/messages/message-facts.ts';
import { nameLines, skusOf } from '#domain/messages/name-lines.ts';
import { chooseLanguage, TemplateContent, TemplateInput, TemplateKey } from '#domain/messages/template.ts';
import { formatId } from '#domain/shared/ids.ts';
import { DAY_MS } from '#domain/shared/time.ts';
import { readNow } from '#engine/burst/gather.ts';
import { compileTemplate } from '#engine/compile-template.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { sharedRenderer } from '#engine/render-message.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { partsOf } from '#engine/template-parts.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, pageOf, PageOf, pageQuery, readCursor, TEXT_KEY } from '#app/api/edge.ts';
import { ApiError, unwrap } from '#app/api/problem.ts';

const params = z.object({ key: TemplateKey });
const unknown = () => new PermanentError('template.unknown', 'There is no such template.');
const TemplateOut = z.object({ id: Id('template'), key: z.string(), name: z.string(), channel: z.string(), number: z.number().int().meta({ description: 'The latest version.' }), updatedAt: Iso }).meta({ id: 'Template' });

const put = defineRoute({
  method: 'PUT', path: '/templates/{key}', noun: 'Templates', summary: 'Write the next version of a template', scope: 'content:write', params,
  description: 'MJML is compiled and every Liquid text is checked now; messages take the latest version at hand-over.',
  example: { name: 'Thank you', content: { channel: 'email', variants: { fr: { subject: 'Merci {{ customer.firstName }}', html: '<p>Votre solde : {{ balance }} points.</p>' } } } },
  body: TemplateInput.omit({ key: true }), response: z.object({ id: Id('template'), versionId: Id('templateVersion'), number: z.number().int() }), errors: ['template.otherChannel'],
  async run({ engine, workspaceId, actor, params: { key }, body }) {
    const saved = unwrap(await saveTemplate(engine, workspaceId, { key, ...body }, actor));
    return { status: saved.number === 1 ? 201 : 200, body: { id: formatId('template', saved.templateId), versionId: formatId('templateVersion', saved.versionId), number: saved.number } };
  },
});

const list = defineRoute({
  method: 'GET', path: '/templates', noun: 'Templates', summary: 'List templates by key', scope: 'content:read', query: z.strictObject(pageQuery), response: PageOf(TemplateOut),
  async read({ transaction, query: { limit, after } }) {
    const from = readCursor(after, [TEXT_KEY])?.[0];
    const all = await listTemplates(transaction);
    const start = from === undefined ? 0 : all.findIndex(({ key }) => key === from) + 1;
    return pageOf(all.slice(start, start + limit + 1), limit, ({ key }) => [key], (row) => ({ ...row, id: formatId('template', row.id), updatedAt: iso(row.updatedAt) }));
  },
});

const get = defineRoute({
  method: 'GET', path: '/templates/{key}', noun: 'Templates', summary: 'Read a template with its latest content', scope: 'content:read', params,
  response: TemplateOut.extend({ content: TemplateContent }), errors: ['template.unknown'],
  async read({ transaction, params: { key } }) {
    const row = await findTemplateByKey(transaction, key);
    if (!row) throw unknown();
    return { id: formatId('template', row.id), key, name: row.name, channel: row.channel, number: row.number, updatedAt: iso(row.updatedAt), content: row.version.content.source };
  },
});

const MAXIMUM_VERSIONS = 200;

const versions = defineRoute({
  method: 'GET', path: '/templates/{key}/versions', noun: 'Templates', summary: 'List the versions of a template, newest first', scope: 'content:read', params, errors: ['template.unknown'],
  response: z.object({ items: z.array(z.object({ number: z.number().int(), createdAt: Iso, languages: z.array(z.string()) })) }),
  async read({ transaction, params: { key } }) {
    const row = await findTemplateByKey(transaction, key);
    if (!row) throw unknown();
    return { items: (await listTemplateVersions(transaction, row.id, MAXIMUM_VERSIONS)).map(({ number, createdAt, languages }) => ({ number, createdAt: iso(createdAt), languages })) };
  },
});

const version = defineRoute({
  method: 'GET', path: '/templates/{key}/versions/{number}', noun: 'Templates', summary: 'Read a version of a template', scope: 'content:read', errors: ['template.unknown'],
  params: params.extend({ number: z.coerce.number().int().min(1).max(1_000_000) }), response: z.object({ number: z.number().int(), createdAt: Iso, content: TemplateContent }),
  async read({ transaction, params: { key, number } }) {
    const row = await findTemplateByKey(transaction, key);
    const found = row && (await findTemplateVersion(transaction, row.id, number));
    if (!found) throw unknown();
    return { number, createdAt: iso(found.createdAt), content: found.content.source };
  },
});

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

const Finding = z.object({ what: z.string(), figures: z.record(z.string(), z.union([z.string(), z.number()])) });

const preview = defineRoute({
  method: 'POST', path: '/templates/{key}/preview', noun: 'Templates', summary: 'Render a template as a customer would read it', scope: 'content:read', params,
  description: 'With the facts of a customer, of an invented one when none is named; `event` is what began the journey, else a purchase. `findings` is what is wrong with an e-mail: its size, links and pictures. `content` is what to render in place of the latest version, also under a key that is new. Nothing is sent and nothing is kept.',
  body: z.strictObject({ content: TemplateContent.optional(), customerId: IdOf('customer').optional(), language: z.string().max(35).optional(), event: z.strictObject({ type: z.string(), properties: z.record(z.string(), z.unknown()) }).optional() }),
  response: z.object({ language: z.string(), chosenBy: z.string(), parts: z.record(z.string(), z.string()), findings: z.array(Finding) }), errors: ['template.unknown', 'customer.unknown'],
  async read({ transaction, workspaceId, engine, params: { key }, body }) {
    const template = body.content ? null : await findTemplateByKey(transaction, key);
    const compiled = body.content ? unwrap(await compileTemplate(body.content)) : template?.version.content.compiled;
    if (!compiled) throw unknown();
    const customer = body.customerId ? await findCustomer(transaction, body.customerId) : null;
    if (body.customerId && !customer) throw new PermanentError('customer.unknown', 'There is no such customer.');
    const workspace = await findWorkspace(transaction, workspaceId);
    const now = await readNow(transaction, workspaceId);
    const profile = customer?.profile ?? CustomerProfile.parse({ firstName: 'Camille', lastName: 'Martin' });
    const chosen = chooseLanguage(Object.keys(compiled.variants), body.language ?? profile.language ?? null, workspace?.language ?? 'en');
    const balances = customer ? Object.fromEntries((await listBalances(transaction, customer.id)).map(({ programme, amount }) => [programme, amount])) : { points: 120 };
    const address = `${engine.publicUrl}/u/preview`;
    const began = { ...(body.event ?? (await inventedPurchase(transaction, workspaceId, workspace?.currency ?? 'EUR'))), occurredAt: now };
    const event = nameLines(began, await findProductNames(transaction, workspaceId, skusOf([began])), chosen.language, workspace?.language ?? 'en');
    const variables = messageFacts(
      { profile, balances, brand: workspace?.brand ?? '', zone: profile.timeZone ?? workspace?.timeZone ?? 'UTC', now, context: { event, variables: {}, vouchers: await vouchersFor(transaction, customer?.id ?? null, now) } },
      { preferences: address, unsubscribe: address },
    );
    const rendered = await sharedRenderer().render({ parts: partsOf(compiled, chosen.language) ?? {}, language: chosen.language, variables });
    if (!rendered.ok) throw new ApiError('request.invalid', rendered.message, [{ code: rendered.code, message: rendered.message, path: ['content'] }]);
    const findings = compiled.channel === 'email' ? checkEmail({ subject: rendered.parts['subject'] ?? '', html: rendered.parts['html'] ?? '' }, address) : [];
    return { language: chosen.language, chosenBy: chosen.by, parts: rendered.parts, findings };
  },
});

export const contentRoutes = [put, list, get, versions, version, preview];
