/** A sandbox brand for the promises about time: a clock, a published journey, and people who come in by an event each; workers over the test's own task queue. */
import pino from 'pino';
import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';
import { inject } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { startClock } from '#engine/workspace-clock.ts';
import { openEngine, type OpenEngine } from '#temporal/open-engine.ts';
import { type RunningWorker, startWorker, type WorkerOptions } from '#temporal/worker.ts';
import { createTestDatabase } from '#tests/harness/test-database.ts';

type Nodes = Pick<Journey, 'nodes'> & { exits?: Journey['exits']; trigger?: Journey['entry']['trigger'] };

/** Personal data that people of this brand carry, to be looked for where it must not be. */
export const PERSONAL = ['lutine', '@brand.test', '+3363998'];

export type SleepingBrand = Awaited<ReturnType<typeof openSleepingBrand>>;

/** `startsAt`: where the test clock begins, flowing unless `stands`. `address`: another Temporal than the run's. */
export async function openSleepingBrand(input: { startsAt: Instant; stands?: boolean; address?: string }) {
  const made = await createTestDatabase();
  const owner = postgres(made.url, { max: 2, onnotice: () => {} });
  const temporalAddress = input.address ?? inject('temporalAddress');
  const taskQueue = `test-${made.name}`;
  const options = { databaseUrl: made.url, temporalAddress, temporalNamespace: 'default', publicUrl: 'http://127.0.0.1:1', secret: 'a secret of thirty-two characters', taskQueue };
  const engine: OpenEngine = openEngine(options);
  const client = engine.temporal;
  const [workspaceId, workers] = [uuidv7(), [] as RunningWorker[]];
  await owner`insert into workspaces (id, brand, name, slug, kind, currency, currency_exponent, time_zone, country, language)
    values (${workspaceId}, 'Lutin', 'Lutin', 'lutin', 'sandbox', 'EUR', 2, 'Europe/Paris', 'FR', 'fr')`;
  await inWorkspace(engine.database, workspaceId, (transaction) => startClock(transaction, workspaceId, input.startsAt, { stands: input.stands ?? false }));
  await owner`insert into templates (id, workspace_id, key, name, channel, number, created_at, updated_at) values (${uuidv7()}, ${workspaceId}, 'welcome', 'Welcome', 'email', 1, now(), now())`;

  const publish = async ({ nodes, exits, trigger = { kind: 'event', event: { type: 'joined' } } }: Nodes): Promise<string> => {
    const [journeyId, versionId] = [uuidv7(), uuidv7()];
    const journey = {
      formatVersion: 1, key: 'welcome', name: 'Welcome',
      entry: { trigger, reentry: { mode: 'onceEver' }, maximumEventAgeHours: 48, next: nodes[0]?.id ?? null },
      exits: exits ?? [], nodes,
    };
    await owner`insert into journeys (id, workspace_id, key, name, status, draft, live_version_id, created_at, updated_at)
      values (${journeyId}, ${workspaceId}, 'welcome', 'Welcome', 'live', ${owner.json(journey as never)}, ${versionId}, now(), now())`;
    await owner`insert into journey_versions (id, workspace_id, journey_id, number, definition, published_at, published_by)
      values (${versionId}, ${workspaceId}, ${journeyId}, 4, ${owner.json(journey as never)}, now(), 'test')`;
    if (trigger.kind !== 'event') await owner`insert into alarm_reckonings (id, workspace_id, journey_id, since, state) values (${uuidv7()}, ${workspaceId}, ${journeyId}, workspace_now(${workspaceId}), 'running')`;
    await owner`update workspaces set routing_epoch = routing_epoch + 1`;
    return versionId;
  };

  const addPeople = async (count: number): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => uuidv7());
    await owner`insert into customers (id, workspace_id, profile, created_at) select c, ${workspaceId}, '{"firstName": "Lutine"}', now() from unnest(${ids}::uuid[]) c`;
    await owner`insert into customer_identifiers select ${workspaceId}, 'email', 'lutine.' || c || '@brand.test', c, 'test', now() from unnest(${ids}::uuid[]) c`;
    await owner`insert into consents (id, workspace_id, customer_id, purpose, channel, state, source, at)
      select gen_random_uuid(), ${workspaceId}, c, 'marketing', 'email', 'granted', 'till', ${formatInstant(input.startsAt)} from unnest(${ids}::uuid[]) c`;
    await owner`insert into heads (customer_id, workspace_id) select c, ${workspaceId} from unnest(${ids}::uuid[]) c`;
    return ids;
  };

  const happen = async (type: string, customerIds: string[]): Promise<void> => {
    await owner.begin(async (transaction) => {
      const heads = await transaction<{ customer_id: string; last_event_no: number }[]>`
        update heads set last_event_no = last_event_no + 1, pending_since = coalesce(pending_since, clock_timestamp()) where customer_id = any(${customerIds}) returning customer_id, last_event_no::int`;
      const eventIds = heads.map(() => uuidv7());
      await transaction`
        insert into events (id, workspace_id, customer_id, no, event_id, type, source, occurred_at, accepted_at, properties, outcome)
        select t.e, ${workspaceId}, t.c, t.n, t.e::text, ${type}, 'merchant', workspace_now(${workspaceId}), workspace_now(${workspaceId}), '{"email": "lutine@brand.test"}', 'accepted'
        from unnest(${eventIds}::uuid[], ${heads.map((head) => head.customer_id)}::uuid[], ${heads.map((head) => head.last_event_no)}::bigint[]) t(e, c, n)`;
    });
    engine.hintRouters();
  };

  /** So many events of one customer at once. */
  const happenOften = async (type: string, customerId: string, count: number): Promise<void> => {
    await owner.begin(async (transaction) => {
      const [head] = await transaction<{ last: number }[]>`
        update heads set last_event_no = last_event_no + ${count}, pending_since = coalesce(pending_since, clock_timestamp()) where customer_id = ${customerId} returning last_event_no::int as last`;
      const eventIds = Array.from({ length: count }, () => uuidv7());
      await transaction`
        insert into events (id, workspace_id, customer_id, no, event_id, type, source, occurred_at, accepted_at, properties, outcome)
        select t.e, ${workspaceId}, ${customerId}, ${(head?.last ?? 0) - count} + t.n, t.e::text, ${type}, 'merchant', workspace_now(${workspaceId}), workspace_now(${workspaceId}), '{}', 'accepted'
        from unnest(${eventIds}::uuid[]) with ordinality t(e, n)`;
    });
    engine.hintRouters();
  };

  return {
    engine, owner, client, workspaceId, taskQueue, databaseUrl: made.url, publish, addPeople, happen, happenOften,
    work(more: Partial<WorkerOptions> = {}): RunningWorker {
      const worker = startWorker({ ...options, log: pino({ level: process.env['TEST_LOG'] ?? 'silent' }), ...more });
      workers.push(worker);
      return worker;
    },
    /** The workflows that ever slept for this brand, with the events of their histories. */
    async histories(): Promise<{ workflowId: string; events: number[]; text: string; delaySeconds: number }[]> {
      const found = [];
      const versions = await owner<{ id: string }[]>`select id from journey_versions`;
      for (const { id } of versions) {
        const cohorts = await owner<{ id: string; wake_at: Date }[]>`select id, wake_at from cohorts where version_id = ${id}`;
        for (const cohort of cohorts) {
          const workflowId = `journey/${id}/${cohort.wake_at.toISOString().slice(0, 16)}Z/${cohort.id}`;
          const history = await client.workflow.getHandle(workflowId).fetchHistory().catch(() => null);
          if (history) found.push({ workflowId, events: (history.events ?? []).map((event) => Number(event.eventType)), text: wordsOf(history), delaySeconds: Number(history.events?.[0]?.workflowExecutionStartedEventAttributes?.firstWorkflowTaskBackoff?.seconds ?? 0) });
        }
      }
      return found;
    },
    /** The same of the workflows that slept for minutes of alarms. */
    async alarmHistories(minutes: Instant[]): Promise<{ events: number[]; text: string }[]> {
      const found = [];
      for (const minute of minutes) {
        const history = await client.workflow.getHandle(`alarm/${workspaceId}/entry/${formatInstant(minute).slice(0, 16)}Z`).fetchHistory().catch(() => null);
        if (history) found.push({ events: (history.events ?? []).map((event) => Number(event.eventType)), text: wordsOf(history) });
      }
      return found;
    },
    async close(): Promise<void> {
      await Promise.all(workers.map((worker) => worker.stop()));
      await engine.close();
      await owner.end();
      await made.drop();
    },
  };
}

/** All that a person could read in a history: its texts, and its payloads, which are bytes. */
export function wordsOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'object' && value !== null) return Object.values(value).map(wordsOf).join('\n');
  return String(value);
}

/** Waits until `condition` answers something true, at most so long; never longer than needed. */
export async function until<T>(what: string, condition: () => Promise<T | null | undefined | false>, withinMs = 30_000): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
