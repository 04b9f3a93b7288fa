/** A backup, a lost database, a restore: whoever slept still wakes, at their moment, once. What Temporal had armed before is armed anew. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import postgres from 'postgres';
import { makeBackup } from '#bin/backup/make-backup.ts';
import { restoreBackup } from '#bin/backup/restore-backup.ts';
import { formatInstant } from '#domain/shared/time.ts';
import { openSleepingBrand, type SleepingBrand, until } from '#tests/integration/sleeping-brand.ts';

const NINE = Date.UTC(2026, 10, 24, 8);
const wait = { id: 'wait', kind: 'wait' as const, settings: { mode: 'untilTimeOfDay' as const, timeOfDay: '09:00' }, next: { next: 'mail' } };
const mail = { id: 'mail', kind: 'sendEmail' as const, settings: { templateKey: 'welcome', category: 'information', whenCapped: { kind: 'skip' as const } }, next: {} };
const PEOPLE = 30;

let brand: SleepingBrand;
let folder = '';
afterEach(async () => {
  await brand.close();
  await rm(folder, { recursive: true, force: true });
});

it('wakes everyone who slept when the backup was made, also those whom Temporal was told to forget', { timeout: 60_000 }, async () => {
  folder = await mkdtemp(join(tmpdir(), 'parcours-restored-'));
  brand = await openSleepingBrand({ startsAt: NINE - 3_600_000 });
  const count = async (where: string): Promise<number> => (await brand.owner.unsafe<{ n: number }[]>(`select count(*)::int as n from ${where}`))[0]?.n ?? 0;
  await brand.publish({ nodes: [wait, mail] });
  const first = brand.work();
  const people = await brand.addPeople(PEOPLE);
  await brand.happen('joined', people);
  await until('everyone sleeps', async () => (await count('enrollments where wake_at is not null')) === PEOPLE && (await count('cohorts where armed_at is null')) === 0);
  await makeBackup({ url: brand.databaseUrl, to: join(folder, 'night'), jobs: 1 });
  await first.stop();
  for (const { workflowId } of await brand.histories()) await brand.client.workflow.getHandle(workflowId).terminate('lost');

  const name = new URL(brand.databaseUrl).pathname.slice(1);
  const server = postgres(brand.databaseUrl.replace(/\/[^/]+$/, '/postgres'), { max: 1, onnotice: () => {} });
  await server`drop database ${server(name)} with (force)`;
  await server.end();
  const { armed } = await restoreBackup({ url: brand.databaseUrl, from: join(folder, 'night'), replace: false, jobs: 1 });
  expect(armed).toBe(1);
  // A moment before they wake.
  await brand.owner`update clocks set offset_ms = extract(epoch from ${formatInstant(NINE - 1_500)}::timestamptz - clock_timestamp()) * 1000`;
  brand.work();
  await until('everyone has ended', async () => (await count('enrollments where ended_at is not null')) === PEOPLE);
  const messages = await brand.owner<{ customer_id: string; planned_at: Date }[]>`select customer_id, planned_at from messages`;
  expect(messages.map((message) => message.customer_id).sort()).toEqual([...people].sort());
  for (const { planned_at } of messages) expect(planned_at.getTime()).toBeGreaterThanOrEqual(NINE);
});
