/** Seals everything that an installation keeps sealed anew, under its present secret: after that the former one may be forgotten. Keys that lie open, of releases before sealing, are sealed too. */
import type { JSONValue } from 'postgres';
import { inWorkspace, type Database, type Transaction } from '#db/connection.ts';
import type { Channel } from '#domain/customers/channels.ts';
import { openAccount, sealAccount } from '#engine/account-keys.ts';
import { connectorSecretName } from '#engine/connectors/receive-post.ts';
import { openSecret, sealSecret, type Keyring } from '#engine/seal-secret.ts';
import { openWebhookSecret, sealWebhookSecret } from '#engine/webhooks/webhook-secret.ts';

/** `lost`: what neither secret opens, by its name; it is left as it lies. */
export type Resealed = { sealed: number; lost: string[] };

async function resealAccounts(transaction: Transaction, keyring: Keyring, workspaceId: string, done: Resealed): Promise<void> {
  const rows = await transaction<{ id: string; channel: Channel; config: unknown; sealed: Buffer | null }[]>`select id, channel, config, sealed from provider_accounts for update`;
  for (const row of rows) {
    const account = openAccount(keyring, workspaceId, row.channel, row);
    if (account === null) done.lost.push(`account ${row.channel}`);
    const { config, sealed } = sealAccount(keyring.secret, workspaceId, row.channel, account ?? {});
    if (sealed === null) continue;
    await transaction`update provider_accounts set config = ${transaction.json(config as JSONValue)}, sealed = ${sealed} where id = ${row.id}`;
    done.sealed += 1;
  }
}

async function resealSecrets(transaction: Transaction, keyring: Keyring, workspaceId: string, done: Resealed): Promise<void> {
  const rows = await transaction<{ name: string; sealed: Buffer }[]>`select name, sealed from secrets for update`;
  for (const { name, sealed } of rows) {
    const text = openSecret(keyring, workspaceId, name, sealed);
    if (text === null) done.lost.push(`secret ${name}`);
    else {
      await transaction`update secrets set sealed = ${sealSecret(keyring.secret, workspaceId, name, text)} where name = ${name}`;
      done.sealed += 1;
    }
  }
}

async function resealDestinations(transaction: Transaction, keyring: Keyring, workspaceId: string, done: Resealed): Promise<void> {
  const rows = await transaction<{ id: string; name: string; secret: Buffer; previous: Buffer | null }[]>`select id, name, secret, previous_secret as previous from destinations for update`;
  for (const { id, name, secret, previous } of rows) {
    const [text, before] = [secret, previous].map((sealed) => sealed && openWebhookSecret(keyring, workspaceId, id, sealed));
    if (!text) {
      done.lost.push(`destination ${name}`);
      continue;
    }
    const seal = (plain: string): Buffer => sealWebhookSecret(keyring.secret, workspaceId, id, plain);
    await transaction`update destinations set secret = ${seal(text)}, previous_secret = ${before ? seal(before) : null} where id = ${id}`;
    done.sealed += 1;
  }
}

async function resealConnectors(transaction: Transaction, keyring: Keyring, workspaceId: string, done: Resealed): Promise<void> {
  const rows = await transaction<{ id: string; name: string; secret: Buffer }[]>`select id, name, secret from connectors where secret is not null for update`;
  for (const { id, name, secret } of rows) {
    const text = openSecret(keyring, workspaceId, connectorSecretName(id), secret);
    if (text === null) done.lost.push(`connector ${name}`);
    else {
      await transaction`update connectors set secret = ${sealSecret(keyring.secret, workspaceId, connectorSecretName(id), text)} where id = ${id}`;
      done.sealed += 1;
    }
  }
}

/** Workspace by workspace, each in one transaction: a second run goes over all of them again and changes nothing but the bytes. */
export async function reseal(database: Database, keyring: Keyring): Promise<Resealed> {
  const done: Resealed = { sealed: 0, lost: [] };
  const workspaces = await database<{ id: string }[]>`select all_workspaces() as id`;
  for (const { id } of workspaces) {
    await inWorkspace(database, id, async (transaction) => {
      await resealAccounts(transaction, keyring, id, done);
      await resealSecrets(transaction, keyring, id, done);
      await resealDestinations(transaction, keyring, id, done);
      await resealConnectors(transaction, keyring, id, done);
    });
  }
  return done;
}
