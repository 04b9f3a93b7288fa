/** What moved in the journeys of late: the figures beside each line of their list. */
import { z } from 'zod';
import { ACTIVITY_DAYS, listActivity } from '#db/queries/journey-activity.ts';
import { formatId } from '#domain/shared/ids.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id } from '#app/api/edge.ts';

const Count = z.number().int();

const activity = defineRoute({
  method: 'GET', path: '/journeys/activity', noun: 'Journeys', summary: 'Read what moved in each journey in the last thirty days', scope: 'journeys:read',
  response: z.object({
    days: Count,
    items: z.array(z.object({
      journeyId: Id('journey'), entered: Count, finished: Count.meta({ description: 'Who left, but for failures.' }), failed: Count, draftDiffers: z.boolean().meta({ description: 'Whether the draft is not what runs.' }),
    })),
  }),
  async read({ transaction, workspaceId, storeIds }) {
    return { days: ACTIVITY_DAYS, items: (await listActivity(transaction, workspaceId, storeIds)).map((row) => ({ ...row, journeyId: formatId('journey', row.journeyId) })) };
  },
});

export const journeyActivityRoutes = [activity];
