/** One customer's history recomputed from what is stored, and every line in which the engine's past and the kernel's answer differ (§12.1). Nothing is written. */
import { z } from 'zod';
import { journeyNames } from '#db/queries/journeys.ts';
import { COMPARED, compareReplay } from '#domain/replay/compare-replay.ts';
import { formatId } from '#domain/shared/ids.ts';
import { loadHistory } from '#engine/replay/load-history.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso } from '#app/api/edge.ts';

const MOST_DIFFERENCES = 200;

/** Facts whose past is not kept, or which people and vendors made. */
const TAKEN_AS_STORED = ['profile', 'addresses', 'pressurePolicy', 'programmes', 'offers', 'stock', 'handOvers', 'reports', 'commands', 'rewards'] as const;

const replay = defineRoute({
  method: 'GET', path: '/customers/{customerId}/replay', noun: 'Customers', summary: "Recompute a customer's history and compare it with what happened", scope: 'customers:read', errors: ['customer.unknown'],
  description:
    'The stored events are folded again by the rules, each with the facts of its instant: consents, points, vouchers, figures, pressure and history. What is taken as it is stored, or as it stands now, is named in `takenAsStored`; a rule that has changed since the first event is named in `changedSince`, and may explain a difference.',
  params: z.object({ customerId: IdOf('customer') }),
  response: z.object({
    compared: z.object({ step: z.number().int(), message: z.number().int(), points: z.number().int(), voucher: z.number().int() }),
    differences: z.array(z.object({
      only: z.enum(['recomputed', 'stored']), what: z.enum(COMPARED), at: Iso, journeyId: Id('journey').nullable(), journeyName: z.string().nullable(), nodeId: z.string().nullable(), data: z.record(z.string(), z.unknown()),
    })),
    differencesInAll: z.number().int(), byHand: z.number().int(), takenAsStored: z.array(z.enum(TAKEN_AS_STORED)), changedSince: z.array(z.object({ what: z.enum(['pressurePolicy', 'programme', 'offer']), at: Iso })),
  }),
  async read({ transaction, workspaceId, params: { customerId } }) {
    const loaded = await loadHistory(transaction, workspaceId, customerId);
    if (!loaded) throw new PermanentError('customer.unknown', 'There is no such customer.');
    const { compared, differences, byHand } = compareReplay(loaded.history);
    const shown = differences.slice(0, MOST_DIFFERENCES);
    const names = await journeyNames(transaction, [...new Set(shown.flatMap(({ journeyId }) => journeyId ?? []))]);
    return {
      compared, byHand, differencesInAll: differences.length, takenAsStored: [...TAKEN_AS_STORED],
      differences: shown.map(({ at, journeyId, ...line }) => ({ ...line, at: iso(at), journeyId: journeyId === null ? null : formatId('journey', journeyId), journeyName: names.get(journeyId ?? '') ?? null })),
      changedSince: loaded.changedSince.map(({ what, at }) => ({ what, at: iso(at) })),
    };
  },
});

export const customerReplayRoutes = [replay];
