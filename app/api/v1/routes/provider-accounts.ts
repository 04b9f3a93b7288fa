/** The senders of a workspace: whose keys a channel uses, in whose name it speaks, and one message to see that it does. */
import { z } from 'zod';
import { listAccounts } from '#db/queries/settings.ts';
import { CHANNEL_NOUNS, CHANNELS, type Channel } from '#domain/customers/channels.ts';
import { formatId } from '#domain/shared/ids.ts';
import { openAccount } from '#engine/account-keys.ts';
import { changeSender, putAccount } from '#engine/commands/put-account.ts';
import type { Engine } from '#engine/engine.ts';
import { testSender } from '#engine/send-test.ts';
import { accountOf, EmailAccount, EnvironmentAccount, Sender, TwilioAccount } from '#providers/account.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';

const AccountOut = z.object({
  id: Id('account'), channel: z.enum(CHANNELS), keys: z.enum(['own', 'environment']), state: z.enum(['ready', 'missing', 'unreadable']), kind: z.string().nullable(), sender: z.string().nullable(), replyTo: z.string().nullable(), webhookUrl: z.string().nullable(),
}).meta({ id: 'ProviderAccount', description: 'With `keys: environment` the installation’s own keys are used; `kind` is null when it has none for this channel, and messages wait: `missing`. Keys sealed by a secret that the installation no longer has are `unreadable`: put them again.' });

function describeAccount(engine: Engine, row: { id: string; channel: Channel; config: unknown; sealed: Buffer | null; endpointId: string | null }, workspaceId: string): z.input<typeof AccountOut> {
  const stored = openAccount(engine, workspaceId, row.channel, row);
  const account = accountOf(row.channel, stored, engine.vendorAccounts);
  return {
    id: formatId('account', row.id), channel: row.channel, state: account ? 'ready' as const : stored === null ? 'unreadable' as const : 'missing' as const, keys: EnvironmentAccount.safeParse(row.config).success ? 'environment' : 'own', kind: account?.kind ?? null, sender: account && 'from' in account ? account.from : null, replyTo: account && 'replyTo' in account ? (account.replyTo ?? null) : null,
    webhookUrl: account === null || account.kind === 'smtp' || account.kind === 'webpush' || row.endpointId === null ? null : `${engine.publicUrl}/api/webhooks/${account.kind}/${row.endpointId}`,
  };
}

const listAccountsRoute = defineRoute({
  method: 'GET', path: '/provider-accounts', noun: 'Settings', summary: 'List the accounts at vendors, without their secrets', scope: 'settings:read', response: z.object({ items: z.array(AccountOut) }),
  async read({ transaction, engine, workspaceId }) {
    return { items: (await listAccounts(transaction)).map((row) => describeAccount(engine, row, workspaceId)) };
  },
});

const putAccounts = ([['email', EmailAccount], ['sms', TwilioAccount], ['whatsapp', TwilioAccount]] as const).map(([channel, own]) => defineRoute({
  method: 'PUT', path: `/provider-accounts/${channel}`, noun: 'Settings', summary: `Set the account through which ${channel === 'email' ? 'e-mail' : channel === 'sms' ? 'SMS' : 'WhatsApp'} leaves`, scope: 'settings:write',
  body: z.union([own, EnvironmentAccount]), response: AccountOut, errors: ['account.sandbox'],
  async write({ command, engine, body: config }) {
    const { accountId, endpointId } = unwrap(await putAccount(command, engine.secret, channel, config));
    return { body: describeAccount(engine, { id: accountId, channel, config, sealed: null, endpointId }, command.workspaceId) };
  },
}));

const Named = z.strictObject({ from: z.string().min(1).max(40) });
const SENDERS = { email: z.strictObject({ from: Sender, replyTo: Sender.optional() }), sms: Named, whatsapp: Named } as const;

const putSenders = (['email', 'sms', 'whatsapp'] as const).map((channel) => defineRoute({
  method: 'PUT', path: `/provider-accounts/${channel}/sender`, noun: 'Settings', summary: `Change the name or address in whose name ${CHANNEL_NOUNS[channel]} leave, and keep the keys`, scope: 'settings:write',
  body: SENDERS[channel], response: z.object({ from: z.string() }), errors: ['account.noKeys'],
  async write({ command, body }) {
    await changeSender(command, channel, body);
    return { body: { from: body.from } };
  },
}));

const testSenders = (['email', 'sms'] as const).map((channel) => defineRoute({
  method: 'POST', path: `/provider-accounts/${channel}/test`, noun: 'Settings', summary: `Send one message of ours through the account of ${CHANNEL_NOUNS[channel]}`, scope: 'settings:write',
  description: 'It says that the sender works, counts in no pressure and no report, and keeps no address. In a sandbox it lands in the mailbox. Twenty tests in an hour per person at most.',
  body: z.strictObject({ to: z.string().min(3).max(320), store: z.string().min(1).max(200).optional().meta({ description: 'In whose name: a store’s own reference. Absent: the brand’s.' }) }), response: z.object({ channel: z.enum(CHANNELS) }), errors: ['test.limit', 'test.noAccount', 'test.notTaken', 'test.refused', 'store.unknown'],
  async run({ engine, workspaceId, actor, body: { to, store } }) {
    const { channel: by } = unwrap(await testSender(engine, workspaceId, actor, { channel, to, store }));
    return { body: { channel: by } };
  },
}));

export const providerAccountRoutes = [listAccountsRoute, ...putAccounts, ...putSenders, ...testSenders];
