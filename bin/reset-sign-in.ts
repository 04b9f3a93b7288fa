/**
 * `npm run reset-sign-in -- <e-mail> [--password]`: lets somebody in again who lost phone and recovery codes. Make sure first that it is they who ask. Two-factor sign-in and passkeys
 * are forgotten and their sessions end; with `--password` a new first password is printed once. The log of each of their workspaces says so.
 */
import { parseArgs } from 'node:util';
import { openDatabase } from '#db/connection.ts';
import { resetSignIn } from '#engine/reset-sign-in.ts';
import { databaseUrl, runCommandLine } from './with-workspace.ts';

await runCommandLine(async () => {
  const { values, positionals: [email, ...rest] } = parseArgs({ allowPositionals: true, options: { password: { type: 'boolean', default: false } } });
  if (!email || rest.length > 0) throw new Error('Usage: npm run reset-sign-in -- <e-mail> [--password]');
  const database = openDatabase(databaseUrl(), { applicationName: 'parcours-reset-sign-in', maximumConnections: 1 });
  try {
    const done = await resetSignIn(database, email, { newPassword: values.password });
    if (done === null) throw new Error(`Nobody has the address ${email}.`);
    console.log(`${done.name} signs in ${done.password === null ? 'with the password that is known' : `with the password ${done.password} (shown this once)`}, and sets two-factor sign-in up anew.`);
  } finally {
    await database.end();
  }
});
