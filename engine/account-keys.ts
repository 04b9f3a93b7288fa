/** A vendor's keys at rest: what must never be read lies sealed (AES-256-GCM) beside what may. They come together only where a call leaves and where a webhook is checked. */
import { z } from 'zod';
import type { Channel } from '#domain/customers/channels.ts';
import { openSecret, sealSecret, type Keyring } from '#engine/seal-secret.ts';
import type { StoredAccount } from '#providers/account.ts';

/** The fields of `StoredAccount` that let somebody send in the brand's name; an SMTP address holds a password. */
const KEY_FIELDS: readonly string[] = ['apiKey', 'webhookSecret', 'authToken', 'privateKey', 'url'];
const Fields = z.record(z.string(), z.unknown());
const nameOf = (channel: Channel): string => `account/${channel}`;

/** A row of `provider_accounts`, as it lies. Rows of releases before sealing hold their keys in `config`. */
export type AccountAtRest = { config: Record<string, unknown>; sealed: Buffer | null };

/** Splits an account into what may be read and what is sealed; null where it holds no key. */
export function sealAccount(secret: string, workspaceId: string, channel: Channel, account: StoredAccount | Record<string, unknown>): AccountAtRest {
  const isKey = ([field]: [string, unknown]): boolean => KEY_FIELDS.includes(field);
  const fields = Object.entries(account);
  const keys = fields.filter(isKey);
  return {
    config: Object.fromEntries(fields.filter((field) => !isKey(field))),
    sealed: keys.length === 0 ? null : sealSecret(secret, workspaceId, nameOf(channel), JSON.stringify(Object.fromEntries(keys))),
  };
}

/** Puts an account together again; null when its keys were sealed by a secret that this installation does not have. */
export function openAccount(keyring: Keyring, workspaceId: string, channel: Channel, { config, sealed }: { config: unknown; sealed: Buffer | null }): Record<string, unknown> | null {
  const open = Fields.parse(config);
  if (sealed === null) return open;
  const keys = openSecret(keyring, workspaceId, nameOf(channel), sealed);
  return keys === null ? null : { ...open, ...Fields.parse(JSON.parse(keys)) };
}
