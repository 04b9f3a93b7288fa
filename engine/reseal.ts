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

/** One place where something is kept sealed. `open` answers null for what neither secret opens; `write` seals it anew, and answers null where there is nothing to seal. */
type Kept<Row, Plain> = {
  rows: readonly Row[];
  nameOf: (row: Row) => string;
  open: (row: Row) => Plain | null;
  write: (row: Row, plain: Plain) => Promise<unknown> | null;
};

async function resealAll<Row, Plain>({ rows, nameOf, open, write }: Kept<Row, Plain>, done: Resealed): Promise<void> {
  for (const row of rows) {
    const plain = open(row);
    if (plain === null) {
      done.lost.push(nameOf(row));
      continue;
    }
    const writing = write(row, plain);
    if (writing === null) continue;
    await writing;
    done.sealed += 1;
  }
}

async function resealAccounts(transaction: Transaction, keyring: Keyring, workspaceId: string, done: Resealed): Promise<void> {
  const rows = await transaction<{ id: string; channel: Channel; config: unknown; sealed: Buffer | null }[]>`select id, channel, config, sealed from provider_accounts for update`;
  await resealAll({
    rows, nameOf: ({ channel }) => `account ${channel}`, open: (row) => openAccount(keyring, workspaceId, row.channel, row),
    write: ({ id, channel }, account) => {
      const { config, sealed } = sealAccount(keyring.secret, workspaceId, channel, account);
      return sealed === null ? null : transaction`update provider_accounts set config = ${transaction.json(config as JSONValue)}, sealed = ${sealed} where id = ${id}`;
    },
  }, done);
}

async function resealSecrets(transaction: Transaction, keyring: Keyring, workspaceId: string, done: Resealed): Promise<void> {
  const rows = await transaction<{ name: string; sealed: Buffer }[]>`select name, sealed from secrets for update`;
  await resealAll({
    rows, nameOf: ({ name }) => `secret ${name}`, open: ({ name, sealed }) => openSecret(keyring, workspaceId, name, sealed),
    write: ({ name }, text) => transaction`update secrets set sealed = ${sealSecret(keyring.secret, workspaceId, name, text)} where name = ${name}`,
  }, done);
}

async function resealDestinations(transaction: Transaction, keyring: Keyring, workspaceId: string, done: Resealed): Promise<void> {
  const rows = await transaction<{ id: string; name: string; secret: Buffer; previous: Buffer | null }[]>`select id, name, secret, previous_secret as previous from destinations for update`;
  const seal = (id: string, plain: string): Buffer => sealWebhookSecret(keyring.secret, workspaceId, id, plain);
  await resealAll({
    rows, nameOf: ({ name }) => `destination ${name}`, open: ({ id, secret }) => openWebhookSecret(keyring, workspaceId, id, secret),
    write: ({ id, previous }, text) => {
      const before = previous && openWebhookSecret(keyring, workspaceId, id, previous);
      return transaction`update destinations set secret = ${seal(id, text)}, previous_secret = ${before ? seal(id, before) : null} where id = ${id}`;
    },
  }, done);
}

async function resealConnectors(transaction: Transaction, keyring: Keyring, workspaceId: string, done: Resealed): Promise<void> {
  const rows = await transaction<{ id: string; name: string; secret: Buffer }[]>`select id, name, secret from connectors where secret is not null for update`;
  await resealAll({
    rows, nameOf: ({ name }) => `connector ${name}`, open: ({ id, secret }) => openSecret(keyring, workspaceId, connectorSecretName(id), secret),
    write: ({ id }, text) => transaction`update connectors set secret = ${sealSecret(keyring.secret, workspaceId, connectorSecretName(id), text)} where id = ${id}`,
  }, done);
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
