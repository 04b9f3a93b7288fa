/**
 * `npm run reseal`: after PARCOURS_SECRET was changed and the one before it given as PARCOURS_FORMER_SECRET, seals vendors' keys, secrets, the secrets of webhooks
 * and the keys of authenticator apps under the new one. Once it has said that nothing is lost, PARCOURS_FORMER_SECRET is needed for links in messages that left alone: keep it as long as those are followed.
 */
import { resealAuthenticators } from '#app/api/auth/reseal-authenticators.ts';
import { openDatabase } from '#db/connection.ts';
import { reseal } from '#engine/reseal.ts';
import { runCommandLine } from './with-workspace.ts';

await runCommandLine(async () => {
  const { DATABASE_URL: url, PARCOURS_SECRET: secret, PARCOURS_FORMER_SECRET: formerSecret } = process.env;
  if (!url) throw new Error('DATABASE_URL is missing; example: postgres://parcours:secret@127.0.0.1:5432/parcours.');
  if (!secret) throw new Error('PARCOURS_SECRET is missing: the secret under which everything shall be sealed.');
  const database = openDatabase(url, { applicationName: 'parcours-reseal', maximumConnections: 1 });
  try {
    const keyring = { secret, ...(formerSecret && { formerSecret }) };
    const [ours, authenticators] = [await reseal(database, keyring), await resealAuthenticators(database, keyring)];
    const lost = [...ours.lost, ...authenticators.lost];
    console.log(`${ours.sealed + authenticators.sealed} sealed under the present secret.`);
    if (lost.length > 0) throw new Error(`Neither secret opens these, which are left as they were: ${lost.join(', ')}. Give the secret that sealed them as PARCOURS_FORMER_SECRET, or write them again.`);
  } finally {
    await database.end();
  }
});
