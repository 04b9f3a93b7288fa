/**
 * Exit latency (§2.1): from the post of an event over HTTP to the moment at which the enrollment that slept is seen ended, with every process its own, at 25
 * exits a second. Everybody sleeps in a wait of a year; the event is the journey's exit.
 */
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { OwnStack } from '#bin/own-stack.ts';
import { postEvents } from '#bin/replay/post-events.ts';
import { createWorkspace } from '#db/create-workspace.ts';
import { createApiKey } from '#engine/commands/create-api-key.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { openEngine } from '#temporal/open-engine.ts';
import { quantile } from '#tests/bench/bench-stack.ts';
import { publishJourney } from '#tests/harness/builders.ts';

/** `lookMs`: an ended row is looked for at this rest between two looks, which is the figures' precision. */
export type ExitFigures = { exits: number; perSecond: number; lookMs: number; p50Ms: number; p95Ms: number; p99Ms: number; mostMs: number };

const PER_SECOND = 25;
const SECONDS = 40;
const WARM_UP = 100;
const LOOK_MS = 10;
const PATIENCE_MS = 60_000;
const AT_ONCE = 500;

type Post = (events: unknown[]) => Promise<unknown>;

const emailOf = (index: number): string => `sleeper-${index}@bench.test`;
const eventOf = (index: number, type: string) => ({ id: `${type}-${index}`, type, customer: { email: emailOf(index) }, properties: {} });

/** Waits until so many people sleep in a cohort that is armed. */
async function awaitSleepers(owner: postgres.Sql, workspaceId: string, people: number): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ; await pause(200)) {
    const [row] = await owner<{ n: number }[]>`select count(*)::int as n from enrollments e join cohorts k on k.id = e.cohort_id where e.workspace_id = ${workspaceId} and e.ended_at is null and k.armed_at is not null`;
    if (row?.n === people) return;
    if (Date.now() > until) throw new Error(`Only ${row?.n ?? 0} of ${people} people fell asleep.`);
  }
}

/** Looks again and again at who has ended; notes when each was first seen so. */
async function watchEnds(owner: postgres.Sql, workspaceId: string, exits: number, seenAt: Map<string, number>): Promise<void> {
  for (const until = Date.now() + SECONDS * 1_000 + PATIENCE_MS; seenAt.size < exits; await pause(LOOK_MS)) {
    const rows = await owner<{ email: string }[]>`
      select i.value as email from enrollments e join customer_identifiers i on i.customer_id = e.customer_id and i.kind = 'email'
       where e.workspace_id = ${workspaceId} and e.ended_at is not null and i.value <> all(${[...seenAt.keys()]})`;
    const now = performance.now();
    for (const { email } of rows) seenAt.set(email, now);
    if (Date.now() > until) throw new Error(`Only ${seenAt.size} of ${exits} people left.`);
  }
}

async function measure(owner: postgres.Sql, workspaceId: string, post: Post): Promise<ExitFigures> {
  const exits = PER_SECOND * SECONDS;
  const people = exits + WARM_UP;
  for (let start = 0; start < people; start += AT_ONCE) await post(Array.from({ length: Math.min(AT_ONCE, people - start) }, (_, index) => eventOf(start + index, 'joined')));
  await awaitSleepers(owner, workspaceId, people);
  const seenAt = new Map<string, number>();
  const postedAt = new Map<string, number>();
  const watching = watchEnds(owner, workspaceId, people, seenAt);
  const begin = performance.now() + 200;
  const posts = Array.from({ length: people }, async (_, index) => {
    await pause(begin + (index * 1_000) / PER_SECOND - performance.now());
    postedAt.set(emailOf(index), performance.now());
    await post([eventOf(index, 'left')]);
  });
  await Promise.all([...posts, watching]);
  const delays = Array.from({ length: exits }, (_, index) => emailOf(index + WARM_UP)).map((email) => (seenAt.get(email) ?? 0) - (postedAt.get(email) ?? 0)).sort((a, b) => a - b);
  return { exits, perSecond: PER_SECOND, lookMs: LOOK_MS, p50Ms: quantile(delays, 0.5), p95Ms: quantile(delays, 0.95), p99Ms: quantile(delays, 0.99), mostMs: quantile(delays, 1) };
}

export async function benchExits({ addresses }: OwnStack): Promise<ExitFigures> {
  const { databaseUrl, baseUrl, vendorServerUrl, temporalAddress } = addresses;
  const engine = openEngine({ databaseUrl, temporalAddress, temporalNamespace: 'default', publicUrl: baseUrl, secret: 'nobody follows the links of a measurement' });
  const owner = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const workspaceId = await createWorkspace(engine.database, {
      slug: 'exits', name: 'exits', brand: 'Bench', kind: 'sandbox', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR', language: 'en', publicUrl: baseUrl, vendorServerUrl,
    });
    const year = { id: 'year', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'calendarYears' } }, next: { next: null } };
    await publishJourney(owner, workspaceId, {
      key: 'sleepers', entry: { trigger: { kind: 'event', event: { type: 'joined' } }, reentry: { mode: 'onceEver' }, next: 'year' }, exits: [{ on: 'event', event: { type: 'left' } }], nodes: [year],
    });
    const { key: apiKey } = await runInWorkspace(engine, { workspaceId, actor: 'bench' }, ({ command }) => createApiKey(command, { name: 'bench', scopes: ['events:write'] }));
    return await measure(owner, workspaceId, (events) => postEvents({ baseUrl, apiKey }, events));
  } finally {
    await engine.close();
    await owner.end();
  }
}
