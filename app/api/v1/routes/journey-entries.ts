/** Customers enter a journey by hand or by a key, one or many, after a preview (§1.1), and why one customer is or is not inside (§12.1). */
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { Condition } from '#domain/audiences/condition.ts';
import { validateCondition } from '#domain/audiences/validate-condition.ts';
import { EntryConsent } from '#domain/journeys/definition.ts';
import { EntryCap } from '#domain/journeys/entry-cap.ts';
import { formatId } from '#domain/shared/ids.ts';
import { fail, ok } from '#domain/shared/result.ts';
import { afterBurst } from '#engine/advance-customers.ts';
import { AT_A_TIME, enterCustomers, type EntryOutcome } from '#engine/commands/enter-customers.ts';
import { explainEntry } from '#engine/explain-entry.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, Iso, isoOrNull, readCursor, UUID_KEY } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';

const Count = z.number().int();
const ReasonOut = z.object({ code: z.string(), figures: z.record(z.string(), z.unknown()).optional() });
const cursorOf = (id: string | null): string | null => (id === null ? null : Buffer.from(JSON.stringify([id])).toString('base64url'));

function countReasons(outcomes: readonly EntryOutcome[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { reason } of outcomes) if (reason) counts.set(reason.code, (counts.get(reason.code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

const Body = z.strictObject({
  customers: z.array(IdOf('customer')).min(1).max(AT_A_TIME).optional(),
  audience: Condition.optional().meta({ description: 'Of all customers, those for whom it holds. It cannot read an event.' }),
  after: z.string().max(500).optional().meta({ description: 'With `audience`: the `next` of the answer before.' }),
  properties: z.record(z.string(), z.unknown()).default({}).meta({ description: 'What conditions and messages read as `event.*`, and what re-entry per key reads.' }),
  dryRun: z.boolean().default(false).meta({ description: 'Answers what would happen now; nothing is changed.' }),
}).refine(({ customers, audience }) => (customers === undefined) !== (audience === undefined), { message: 'Name either customers or an audience.', path: ['customers'] });

const enter = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/entries', noun: 'Journeys', summary: 'Let customers enter a journey, one or many', scope: 'journeys:publish', params: z.object({ journeyId: IdOf('journey') }),
  description: `The audience, the consent asked for, the re-entry rule, the cap on entries and a drained journey hold as for any entry, its trigger does not; each refusal leaves a line on the customer. At most ${AT_A_TIME} customers are looked at per call: go on with \`next\` until it is null.`,
  body: Body, example: { audience: { field: 'customer.city', is: 'equals', value: 'Lyon' }, dryRun: true }, errors: ['journey.unknown', 'journey.state', 'customer.unknown', 'entries.event'],
  response: z.object({
    looked: Count, entered: Count.meta({ description: 'Who entered, or would.' }), refused: z.array(z.object({ code: z.string(), count: Count })), next: z.string().nullable(),
    customers: z.array(z.object({ customerId: Id('customer'), reason: ReasonOut.nullable().meta({ description: 'Null: entered, or would.' }) })),
  }),
  async write({ command, engine, workspaceId, actor, params: { journeyId }, body: { customers, audience, after, properties, dryRun }, afterCommit }) {
    const problems = audience ? validateCondition(audience, ['body', 'audience']) : [];
    unwrap(problems.length > 0 ? fail(...problems) : ok(null));
    const whom = audience ? { audience, after: readCursor(after, [UUID_KEY])?.[0] ?? null } : { customerIds: customers ?? [] };
    const { looked, outcomes, next, report } = await enterCustomers(command, { journeyId, whom, by: actor.startsWith('key:') ? 'api' : 'person', entryId: newId(), properties, tries: dryRun });
    if (report) afterCommit(() => afterBurst(engine, workspaceId, report));
    return {
      body: {
        looked, entered: outcomes.filter(({ reason }) => reason === null).length, refused: countReasons(outcomes), next: cursorOf(next),
        customers: outcomes.map(({ customerId, reason }) => ({ customerId: formatId('customer', customerId), reason })),
      },
    };
  },
});

const explain = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/entry-check/{customerId}', noun: 'Journeys', summary: 'Ask why a customer is or is not in a journey', scope: 'customers:read',
  description: 'Each line of the entry with its own answer, as it is now: the state of the journey, the audience comparison by comparison, the re-entry rule, the consent asked for, the cap on entries, the events that would have entered, the dates that come round.',
  params: z.object({ journeyId: IdOf('journey'), customerId: IdOf('customer') }), errors: ['journey.unknown', 'customer.unknown'],
  response: z.object({
    state: z.enum(['inside', 'mayEnter', 'refused']).meta({ description: '`mayEnter`: nothing but the trigger is missing.' }),
    reason: ReasonOut.nullable().meta({ description: 'What refuses them now.' }),
    heldOut: z.boolean().meta({ description: 'In the holdout of this journey (§1.7).' }),
    entries: Count, lastEnteredAt: Iso.nullable(),
    trigger: z.object({ happened: z.boolean().nullable().meta({ description: 'Null when the trigger is no event.' }), type: z.string().nullable(), lastAt: Iso.nullable(), inStores: z.boolean().nullable().meta({ description: 'Whether it happened in a store of the journey; null when the trigger names none, or nothing happened.' }), where: z.array(z.unknown()).meta({ description: 'The comparisons of the trigger.' }) }),
    moments: z.array(z.object({ whose: z.enum(['customer', 'relative', 'contract']), name: z.string().nullable(), date: z.string().meta({ description: 'The date that is reached, before any offset.' }), nextAt: Iso.nullable() })).nullable()
      .meta({ description: 'Of a journey that begins by the calendar, when each date comes round next; empty when none is known. Null for one that begins by an event.' }),
    audience: z.array(z.object({ part: z.unknown(), holds: z.boolean(), value: z.unknown().optional() })),
    consent: EntryConsent.extend({ holds: z.boolean() }).nullable().meta({ description: 'The consent that the entry asks for, and whether it is in force; null when it asks for none.' }),
    cap: EntryCap.extend({ entered: Count, since: Iso.nullable().meta({ description: 'When the window of now began; null for ever.' }) }).nullable().meta({ description: 'The cap on entries and how many the window has taken in, over all customers; null without one.' }),
    refusals: z.array(z.object({ at: Iso, reason: ReasonOut })).meta({ description: 'The latest refused entries, newest first.' }),
  }),
  async read({ transaction, workspaceId, params: { journeyId, customerId } }) {
    const found = await explainEntry(transaction, workspaceId, journeyId, customerId);
    if (found === 'journey') throw new PermanentError('journey.unknown', 'There is no such journey.');
    if (found === 'customer') throw new PermanentError('customer.unknown', 'There is no such customer.');
    return {
      ...found, lastEnteredAt: isoOrNull(found.lastEnteredAt), trigger: { ...found.trigger, lastAt: isoOrNull(found.trigger.lastAt) },
      moments: found.moments?.map((moment) => ({ ...moment, nextAt: isoOrNull(moment.nextAt) })) ?? null,
      cap: found.cap ? { ...found.cap, since: isoOrNull(found.cap.since) } : null,
      refusals: found.refusals.map(({ at, reason }) => ({ at: isoOrNull(at) ?? '', reason })),
    };
  },
});

export const journeyEntryRoutes = [enter, explain];
