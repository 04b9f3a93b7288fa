/** `npm run temporal -- rebuild`: forgets that workflows sleep for the cohorts, so that the workers' sweep starts them anew on the cluster of today. */
import { openDatabase } from '#db/connection.ts';
import { env } from '#env.ts';

if (process.argv[2] !== 'rebuild') {
  console.error('Usage: npm run temporal -- rebuild');
  process.exit(2);
}
const database = openDatabase(env().DATABASE_URL, { maximumConnections: 1, applicationName: 'parcours-temporal' });
const [row] = await database<{ disarmed: number }[]>`select disarm_cohorts() as disarmed`;
await database.end();
console.log(`${row?.disarmed ?? 0} cohorts are armed anew within seconds, as soon as a worker and Temporal are there.`);
