/** `npm run migrate`: brings the database of DATABASE_URL to the newest schema. Its user must own the tables, or make them. */
import { migrate } from '#db/migrate.ts';

const url = process.env['DATABASE_URL'];
if (!url) {
  console.error('DATABASE_URL is missing; example: postgres://parcours:secret@127.0.0.1:5432/parcours.');
  process.exit(1);
}
try {
  await migrate(url);
  console.log('The database has the newest schema.');
} catch (error) {
  console.error(`The migration failed: ${error instanceof Error ? error.message : String(error)}.`);
  process.exit(1);
}
