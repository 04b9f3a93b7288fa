/** Ready journeys: what there is to begin from, and a draft made from one with its messages and offers. */
import { z } from 'zod';
import { READY_JOURNEYS } from '#domain/journeys/ready/all-ready.ts';
import { READY_LANGUAGES } from '#domain/journeys/ready/ready-journey.ts';
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { startFromReady } from '#engine/start-from-ready.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';

const InBoth = z.object({ en: z.string(), fr: z.string() });

const list = defineRoute({
  method: 'GET', path: '/journeys/ready', noun: 'Journeys', summary: 'List the ready journeys', scope: 'journeys:read',
  response: z.object({ items: z.array(z.object({ key: z.string(), name: InBoth, about: InBoth, listens: z.array(z.string()).meta({ description: 'Events that have to be posted for it to run.' }), steps: z.number().int() })) }),
  async read() {
    return { items: READY_JOURNEYS.map(({ key, name, about, listens, build }) => ({ key, name, about, listens, steps: build('en', 'https://example.org').journey.nodes.length })) };
  },
});

const start = defineRoute({
  method: 'POST', path: '/journeys/ready/{readyKey}', noun: 'Journeys', summary: 'Make a draft from a ready journey', scope: 'journeys:write', params: z.object({ readyKey: z.string().max(60) }), status: 201,
  description: 'Makes its templates (in English and French) and offers too, where there are none of these keys. Nothing is published.',
  body: z.strictObject({ language: z.enum(READY_LANGUAGES), website: z.url({ protocol: /^https$/ }).max(200).meta({ description: 'To which the buttons of the messages lead.' }) }),
  example: { language: 'fr', website: 'https://www.example.com' },
  response: z.object({ id: Id('journey'), key: z.string() }), errors: ['journey.unknown', 'template.otherChannel'],
  async run({ engine, workspaceId, actor, params: { readyKey }, body: { language, website } }) {
    const ready = READY_JOURNEYS.find(({ key }) => key === readyKey);
    if (!ready) throw new PermanentError('journey.unknown', `There is no ready journey «${readyKey}».`);
    const { journeyId, key } = unwrap(await startFromReady(engine, workspaceId, actor, ready, { language, website: website.replace(/\/+$/, '') }));
    return { status: 201, body: { id: formatId('journey', journeyId), key } };
  },
});

export const readyJourneyRoutes = [list, start];
