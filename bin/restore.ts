/**
 * `npm run restore -- --from <folder> [--replace] [--jobs 2]`: a backup into DATABASE_URL (else into the demo's database), which is there afterwards with all its rows or unchanged. Web servers and
 * workers have to be stopped. Everyone who sleeps is armed anew when a worker starts.
 */
import { parseArgs } from 'node:util';
import { restoreBackup } from '#bin/backup/restore-backup.ts';
import { databaseUrl, runCommandLine } from './with-workspace.ts';

await runCommandLine(async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' }, replace: { type: 'boolean', default: false }, jobs: { type: 'string', default: '2' } } });
  const jobs = Number(values.jobs);
  if (!values.from || !Number.isInteger(jobs) || jobs < 1) throw new Error('Usage: npm run restore -- --from <folder> [--replace] [--jobs 2]');
  const since = performance.now();
  const { manifest, former, armed } = await restoreBackup({ url: databaseUrl(), from: values.from, replace: values.replace, jobs });
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`Restored what was there at ${manifest.madeAt}: ${rows} rows, each table counted; ${((performance.now() - since) / 1_000).toFixed(1)} s. ${armed} alarm clocks are set anew when a worker starts.`);
  if (former) console.log(`The database that was there is kept as ${former}; drop it when you need it no longer.`);
  console.log(`What happened after ${manifest.madeAt} is not in it. Events of that time may be posted again: those it has are not counted twice. Messages that left in that time may leave once more.`);
  console.log('PARCOURS_SECRET has to be the one of the backup, or be given as PARCOURS_FORMER_SECRET.');
});
