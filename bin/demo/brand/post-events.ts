/** Posts events through ingest, a thousand at a time, and refuses to go on when one of the demo's own events is not taken. */
import type { DemoPerson } from '#db/demo/people.ts';
import { insertRows } from '#db/insert-rows.ts';
import { inWorkspace } from '#db/connection.ts';
import type { TillEvent } from '#db/demo/sales.ts';
import { formatInstant } from '#domain/shared/time.ts';
import { applyConsents } from '#engine/apply-consent.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import type { Engine } from '#engine/engine.ts';
import { ingestEvents, type IngestAnswer } from '#engine/ingest-events.ts';
import { v7 as newId } from 'uuid';

const AT_A_TIME = 500;

export async function postEvents(engine: Engine, workspaceId: string, events: TillEvent[]): Promise<IngestAnswer[]> {
  const answers: IngestAnswer[] = [];
  for (let from = 0; from < events.length; from += AT_A_TIME) answers.push(...(await ingestEvents(engine, workspaceId, events.slice(from, from + AT_A_TIME))));
  const refused = answers.find(({ status }) => status !== 'accepted');
  if (refused) throw new Error(`The demo's event ${refused.id} was ${refused.status}: ${refused.problems?.map(({ message }) => message).join(' ') ?? ''}`);
  return answers;
}

const joinedEvent = ({ externalId, card, email, phone, profile, joined, home }: DemoPerson, historical: boolean): TillEvent => ({
  id: `joined:${externalId}`, type: 'membership.joined', occurredAt: formatInstant(joined.occurredAt), ...(historical && { historical }),
  customer: { externalId, ...(card && { card }), ...(email && { email }), ...(phone && { phone }), profile }, properties: { town: home },
});

/** Makes customers of people who join: an event with their identifiers and profile, then what they agreed to and their family. Answers their ids by external id. */
export async function admitPeople(engine: Engine, workspaceId: string, people: DemoPerson[], { historical }: { historical: boolean }): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let from = 0; from < people.length; from += AT_A_TIME) {
    const some = people.slice(from, from + AT_A_TIME);
    const answers = await postEvents(engine, workspaceId, some.map((person) => joinedEvent(person, historical)));
    some.forEach(({ externalId }, index) => ids.set(externalId, answers[index]?.customerId ?? ''));
    await inWorkspace(engine.database, workspaceId, async (transaction) => {
      await lockHeads(transaction, some.map(({ externalId }) => ids.get(externalId)!));
      await applyConsents(transaction, workspaceId, some.flatMap(({ externalId, consents, joined }) => consents.map(({ channel, state }) => ({
        customerId: ids.get(externalId)!, purpose: 'marketing' as const, channel, state, source: 'till', wordingVersion: '2025-01', at: joined.occurredAt,
      }))));
      await insertRows(transaction, 'relatives', some.flatMap(({ externalId, relatives }) => relatives.map(({ kind, firstName, birthDate }) => ({
        id: newId(), workspace_id: workspaceId, customer_id: ids.get(externalId)!, kind, first_name: firstName, birth_date: birthDate,
      }))));
    });
  }
  return ids;
}
