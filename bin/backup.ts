/**
 * `npm run backup -- --to <folder> [--as dump|copy] [--jobs 2]`: everything of DATABASE_URL (else of the demo that runs here) at one instant, while everything goes on. By pg_dump where there is one
 * as new as the server, else table by table. PARCOURS_SECRET is not in it, and Temporal needs no backup: what sleeps is asked for anew.
 */
import { parseArgs } from 'node:util';
import { makeBackup } from '#bin/backup/make-backup.ts';
import { databaseUrl, runCommandLine } from './with-workspace.ts';

await runCommandLine(async () => {
  const { values } = parseArgs({ options: { to: { type: 'string' }, as: { type: 'string' }, jobs: { type: 'string', default: '2' } } });
  const jobs = Number(values.jobs);
  const as = values.as === 'dump' || values.as === 'copy' ? values.as : undefined;
  if (!values.to || values.as !== as || !Number.isInteger(jobs) || jobs < 1) throw new Error('Usage: npm run backup -- --to <folder> [--as dump|copy] [--jobs 2]');
  const since = performance.now();
  const { kind, tables, files, migrations } = await makeBackup({ url: databaseUrl(), to: values.to, as, jobs });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const megabytes = files.reduce((sum, file) => sum + file.bytes, 0) / 1_000_000;
  console.log(`Backed up into ${values.to}: ${rows} rows of ${tables.length} tables, ${megabytes.toFixed(1)} MB, ${kind === 'dump' ? 'by pg_dump' : 'table by table'}, schema ${migrations.at(-1)}, ${((performance.now() - since) / 1_000).toFixed(1)} s.`);
  console.log('PARCOURS_SECRET is not in it. Keep it apart from the backup: without it, keys of vendors, secrets of webhooks and links in messages that left do not open.');
});
