/**
 * Latency: from the post of an event over HTTP to the moment at which the vendor has the e-mail, with every process its own: web server, worker, vendors,
 * Postgres and Temporal, at 10, 25 and 50 events a second.
 */
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { OwnStack } from '#bin/own-stack.ts';
import { postEvents } from '#bin/replay/post-events.ts';
import { createWorkspace } from '#db/create-workspace.ts';
import { createApiKey } from '#engine/commands/create-api-key.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { openEngine } from '#temporal/open-engine.ts';
import { quantile } from '#tests/bench/bench-stack.ts';
import { publishJourney } from '#tests/harness/builders.ts';

export type LatencyFigures = Record<string, { events: number; p50Ms: number; p95Ms: number; p99Ms: number }>;

const RATES = [10, 25, 50];
const SECONDS_EACH = 20;

export async function benchLatency({ addresses }: OwnStack): Promise<LatencyFigures> {
  const { databaseUrl, baseUrl, vendorServerUrl, temporalAddress } = addresses;
  const engine = openEngine({ databaseUrl, temporalAddress, temporalNamespace: 'default', publicUrl: baseUrl, secret: 'nobody follows the links of a measurement' });
  const owner = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const workspaceId = await createWorkspace(engine.database, {
      slug: 'latency', name: 'latency', brand: 'Bench', kind: 'sandbox', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR', language: 'en', publicUrl: baseUrl, vendorServerUrl,
    });
    await saveTemplate(engine, workspaceId, { key: 'receipt', name: 'Receipt', content: { channel: 'email', variants: { en: { subject: 'Your receipt', html: '<p>Thank you.</p>' } } } });
    const send = { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'receipt', category: 'transactional' }, next: {} };
    await publishJourney(owner, workspaceId, { key: 'receipt', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, maximumEventAgeHours: 48, next: 'mail' }, nodes: [send] });
    const { key: apiKey } = await runInWorkspace(engine, { workspaceId, actor: 'bench' }, ({ command }) => createApiKey(command, { name: 'bench', scopes: ['events:write'] }));
    const figures: LatencyFigures = {};
    for (const rate of [5, ...RATES]) {
      const measured = await measureRateOf({ owner, door: { baseUrl, apiKey }, workspaceId, rate });
      if (RATES.includes(rate)) figures[rate] = measured;
    }
    return figures;
  } finally {
    await engine.close();
    await owner.end();
  }
}

async function measureRateOf({ owner, door, workspaceId, rate }: { owner: postgres.Sql; door: { baseUrl: string; apiKey: string }; workspaceId: string; rate: number }) {
  const count = rate * SECONDS_EACH;
  const postedAt = new Map<string, number>();
  const begin = Date.now() + 200;
  const posts = Array.from({ length: count }, async (_, index) => {
    const email = `at${rate}-${index}@bench.test`;
    await pause(begin + (index * 1_000) / rate - Date.now());
    postedAt.set(email, Date.now());
    await postEvents(door, [{ id: email, type: 'visit', customer: { email }, properties: {} }]);
  });
  await Promise.all(posts);
  const like = `at${rate}-%`;
  const received = async () => owner<{ recipient: string; received_at: Date }[]>`select recipient, received_at from vendor_messages where workspace_id = ${workspaceId} and recipient like ${like}`;
  const until = Date.now() + 30_000;
  let rows = await received();
  for (; rows.length < count && Date.now() < until; rows = await received()) await pause(100);
  if (rows.length !== count) throw new Error(`Only ${rows.length} of ${count} e-mails reached the vendor within 30 s.`);
  const delays = rows.map(({ recipient, received_at }) => received_at.getTime() - (postedAt.get(recipient) ?? 0)).sort((a, b) => a - b);
  return { events: count, p50Ms: quantile(delays, 0.5), p95Ms: quantile(delays, 0.95), p99Ms: quantile(delays, 0.99) };
}
