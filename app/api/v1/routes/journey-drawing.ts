/** What the designer needs while a journey is drawn: its versions, who else draws, and how many customers each channel reaches. */
import { z } from 'zod';
import { countReach, listNotedVersions, markPresent } from '#db/queries/journey-drawing.ts';
import { findJourney } from '#db/queries/journeys.ts';
import { perChannel } from '#domain/customers/channels.ts';
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { IdOf, iso, Iso } from '#app/api/edge.ts';

const params = z.object({ journeyId: IdOf('journey') });
const unknown = () => new PermanentError('journey.unknown', 'There is no such journey.');
const Count = z.number().int();

const versions = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/versions', noun: 'Journeys', summary: 'List the published versions, newest first', scope: 'journeys:read', params, errors: ['journey.unknown'],
  response: z.object({ items: z.array(z.object({ number: Count, publishedAt: Iso, publishedBy: z.string().meta({ description: 'The name of a person, or the id of a key.' }), note: z.string().nullable() })) }),
  async read({ transaction, params: { journeyId } }) {
    if (!(await findJourney(transaction, journeyId))) throw unknown();
    const rows = await listNotedVersions(transaction, journeyId, formatId('journey', journeyId));
    return { items: rows.map(({ number, publishedAt, publishedBy, name, note }) => ({ number, publishedAt: iso(publishedAt), publishedBy: name ?? publishedBy, note })) };
  },
});

const presence = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/presence', noun: 'Journeys', summary: 'Say that the journey is open here, and hear who else has it open', scope: 'journeys:read', params, errors: ['journey.unknown'],
  description: 'To be repeated every few seconds; whoever has not for fifteen is gone. `draftRevision` tells when somebody else has saved.',
  body: z.strictObject({ nodeId: z.string().max(60).nullable() }),
  response: z.object({ draftRevision: Count, others: z.array(z.object({ name: z.string(), nodeId: z.string().nullable() })) }),
  async read({ transaction, workspaceId, actor, params: { journeyId }, body: { nodeId } }) {
    const journey = await findJourney(transaction, journeyId);
    if (!journey) throw unknown();
    const others = await markPresent(transaction, workspaceId, journeyId, actor, nodeId);
    return { draftRevision: journey.draftRevision, others: others.map((other) => ({ name: other.name ?? other.actor, nodeId: other.nodeId })) };
  },
});

const reach = defineRoute({
  method: 'GET', path: '/journeys/reach', noun: 'Journeys', summary: 'Count the customers that each channel can reach', scope: 'journeys:read',
  description: '`agreed` are those with an address whose latest word on marketing there is yes.',
  response: z.object({ customers: Count, languages: z.array(z.object({ language: z.string(), customers: Count })).meta({ description: 'What customers read, the most usual first; nobody is counted whose language is not known.' }), ...perChannel(() => z.object({ withAddress: Count, agreed: Count })) }),
  async read({ transaction, storeIds }) {
    return countReach(transaction, storeIds);
  },
});

export const journeyDrawingRoutes = [reach, versions, presence];
