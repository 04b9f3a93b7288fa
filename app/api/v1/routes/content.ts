/** Templates: what messages say, in each language. */
import { z } from 'zod';
import { CHANNELS } from '#domain/customers/channels.ts';
import { findTemplateByKey, findTemplateVersion, listTemplates, listTemplateUses, listTemplateVersions } from '#db/queries/templates.ts';
import { TemplateContent, TemplateInput, TemplateKey } from '#domain/messages/template.ts';
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { renderPreview } from '#engine/render-preview.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { sendTest } from '#engine/send-test.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, pageOf, PageOf, pageQuery, readCursor, TEXT_KEY } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';

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
  method: 'GET', path: '/templates', noun: 'Templates', summary: 'List templates by key', scope: 'content:read', orScope: 'journeys:read', query: z.strictObject(pageQuery), response: PageOf(TemplateOut.extend({ languages: z.array(z.string()).meta({ description: 'Of the latest version.' }) })),
  async read({ transaction, query: { limit, after } }) {
    const from = readCursor(after, [TEXT_KEY])?.[0];
    const all = await listTemplates(transaction);
    const start = from === undefined ? 0 : all.findIndex(({ key }) => key === from) + 1;
    return pageOf(all.slice(start, start + limit + 1), limit, ({ key }) => [key], (row) => ({ ...row, id: formatId('template', row.id), updatedAt: iso(row.updatedAt) }));
  },
});

const get = defineRoute({
  method: 'GET', path: '/templates/{key}', noun: 'Templates', summary: 'Read a template with its latest content', scope: 'content:read', orScope: 'journeys:read', params,
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

const JourneyUse = z.object({
  kind: z.literal('journey'), journeyId: Id('journey'), name: z.string(), status: z.string(), live: z.boolean(), draft: z.boolean(),
  versions: z.number().int().meta({ description: 'Earlier versions that name it and that people are still in.' }),
});
/** What sends a template, by its kind: journeys today; campaigns come to it as a kind of their own. */
const TemplateUseOut = z.discriminatedUnion('kind', [JourneyUse]);

const uses = defineRoute({
  method: 'GET', path: '/templates/{key}/uses', noun: 'Templates', summary: 'List what sends a template', scope: 'content:read', params, errors: ['template.unknown'],
  response: z.object({ items: z.array(TemplateUseOut) }),
  async read({ transaction, params: { key } }) {
    if (!(await findTemplateByKey(transaction, key))) throw unknown();
    return { items: (await listTemplateUses(transaction, key)).map((use) => ({ kind: 'journey' as const, ...use, journeyId: formatId('journey', use.journeyId) })) };
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

const Finding = z.object({ what: z.string(), figures: z.record(z.string(), z.union([z.string(), z.number()])) });

const Reader = { content: TemplateContent.optional(), customerId: IdOf('customer').optional(), language: z.string().max(35).optional(), event: z.strictObject({ type: z.string(), properties: z.record(z.string(), z.unknown()) }).optional() };

const preview = defineRoute({
  method: 'POST', path: '/templates/{key}/preview', noun: 'Templates', summary: 'Render a template as a customer would read it', scope: 'content:read', orScope: 'journeys:read', params,
  description: 'With the facts of a customer, of an invented one when none is named; `event` is what began the journey, else a purchase. `findings` is what is wrong with an e-mail (its size, links and pictures) or a notification (its lengths and addresses). `content` is what to render in place of the latest version, also under a key that is new. Nothing is sent and nothing is kept.',
  body: z.strictObject(Reader), response: z.object({ language: z.string(), chosenBy: z.string(), parts: z.record(z.string(), z.string()), findings: z.array(Finding) }), errors: ['template.unknown', 'customer.unknown'],
  async read({ transaction, workspaceId, engine, params: { key }, body }) {
    const { language, parts, findings } = unwrap(await renderPreview(engine, transaction, workspaceId, { key, ...body }));
    return { language: language.language, chosenBy: language.by, parts, findings };
  },
});

const test = defineRoute({
  method: 'POST', path: '/templates/{key}/test', noun: 'Templates', summary: 'Send a template to one address or to the browsers of a customer, to be looked at', scope: 'content:write', params,
  description: 'Through the account of the workspace: in a sandbox it lands in the mailbox. It counts in no pressure and no report, keeps no address, and carries [Test] in the subject of an e-mail and the title of a notification. `to` is an address or a number; a notification goes to the browsers of `toCustomerId`, unless they said no to notifications. Twenty in an hour per person at most.',
  example: { to: 'camille@example.org', language: 'fr' },
  body: z.strictObject({ ...Reader, to: z.string().min(3).max(320).optional(), toCustomerId: IdOf('customer').optional() }),
  response: z.object({ channel: z.enum(CHANNELS), browsers: z.number().int().nullable().meta({ description: 'To how many browsers a notification went; null on other channels.' }) }),
  errors: ['template.unknown', 'customer.unknown', 'test.limit', 'test.noAccount', 'test.noAddress', 'test.noCustomer', 'test.noBrowser', 'test.denied', 'test.notTaken', 'test.refused'],
  async run({ engine, workspaceId, actor, params: { key }, body }) {
    return { body: unwrap(await sendTest(engine, workspaceId, actor, { key, ...body })) };
  },
});

export const contentRoutes = [put, list, get, versions, version, uses, preview, test];
