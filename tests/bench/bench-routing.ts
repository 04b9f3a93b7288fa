/** Routing: events per second from the claim of a head to the row of its message, for a journey without a wait, over two routers. */
import { ingestEvents } from '#engine/ingest-events.ts';
import { routeOnce } from '#engine/route-events.ts';
import { addBenchPeople, makeBenchWorkspace, round, visitOf, type BenchStack } from '#tests/bench/bench-stack.ts';
import { publishJourney } from '#tests/harness/builders.ts';

export type RoutingFigures = { events: number; eventsPerSecond: number; messages: number };

export const MAIL = { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'mail', category: 'information' }, next: {} };
export const CHECK = { id: 'check', kind: 'condition', settings: { condition: { field: 'profile.firstName', is: 'exists' } }, next: { yes: 'mail', no: 'mail' } };
export const visited = (next: string) => ({ trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, maximumEventAgeHours: 48, next });

export async function benchRouting(stack: BenchStack, scale: number): Promise<RoutingFigures> {
  const { engine, owner } = stack;
  const count = 5_000 * scale;
  const workspaceId = await makeBenchWorkspace(stack, 'routing', Date.UTC(2026, 5, 16, 8));
  await publishJourney(owner, workspaceId, { key: 'routing', entry: visited('check'), nodes: [CHECK, MAIL] });
  const people = await addBenchPeople(stack, workspaceId, count + 1_000);
  const post = async (ids: string[]): Promise<void> => {
    for (let from = 0; from < ids.length; from += 1_000) await ingestEvents(engine, workspaceId, ids.slice(from, from + 1_000).map((id) => visitOf(`visit-${id}`, `${id}@bench.test`)));
  };
  const drain = async (): Promise<void> => {
    while ((await routeOnce(engine, workspaceId)) > 0);
  };
  await post(people.slice(0, 1_000));
  await Promise.all([drain(), drain()]);
  await post(people.slice(1_000));
  await owner`analyze`;
  const since = performance.now();
  await Promise.all([drain(), drain()]);
  const seconds = (performance.now() - since) / 1_000;
  const [row] = await owner<{ n: number }[]>`select count(*)::int as n from messages where workspace_id = ${workspaceId}`;
  return { events: count, eventsPerSecond: round(count / seconds), messages: (row?.n ?? 0) - 1_000 };
}
