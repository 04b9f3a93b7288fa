/** Seals the keys of authenticator apps anew under the present secret, as `npm run reseal` does with all that is sealed. */
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import type { Database } from '#db/connection.ts';
import { signInSecrets } from '#app/api/auth/sign-in-secrets.ts';

/** `lost` are the keys that neither secret opens; they are left as they lie. */
export async function resealAuthenticators(database: Database, { secret, formerSecret }: { secret: string; formerSecret?: string }): Promise<{ sealed: number; lost: string[] }> {
  const secrets = signInSecrets(secret, formerSecret);
  const key = { keys: new Map(secrets.map(({ version, value }) => [version, value])), currentVersion: secrets[0].version };
  return database.begin(async (transaction) => {
    const rows = await transaction<{ id: string; secret: string }[]>`select id, secret from auth_two_factors order by id for update`;
    const lost: string[] = [];
    for (const { id, secret: sealed } of rows) {
      const plain = await symmetricDecrypt({ key, data: sealed }).catch(() => null);
      if (plain === null) lost.push(`authenticator ${id}`);
      else await transaction`update auth_two_factors set secret = ${await symmetricEncrypt({ key, data: plain })} where id = ${id}`;
    }
    return { sealed: rows.length - lost.length, lost };
  });
}
