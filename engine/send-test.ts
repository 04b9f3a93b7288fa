/** A command: a template to one address, or to the browsers of one customer, to be looked at. It goes through the workspace's own account, and outside pressure, consent and every report; what it costs is that somebody gets it, so it is counted. */
import { CHANNEL_FACTS, CHANNEL_NOUNS, isHouseChannel, type Channel } from '#domain/customers/channels.ts';
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { findCustomer, listConsents } from '#db/queries/customers.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import { normaliseIdentifier } from '#domain/customers/identifiers.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import { HOUR_MS } from '#domain/shared/time.ts';
import type { StoreSenders } from '#domain/messages/choose-sender.ts';
import { audit } from '#engine/commands/command-context.ts';
import { loadStoreSenders, loadVerifiedDomains } from '#engine/commands/put-store-sender.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { callbackUrl, notificationOf, senderOf, type Sender } from '#engine/dispatch/compose-message.ts';
import { loadAccount, type SendingAccount } from '#engine/dispatch/sending-account.ts';
import { openVendor, type OpenVendor } from '#engine/dispatch/vendor.ts';
import type { Payload } from '#engine/dispatch/payload.ts';
import type { Engine } from '#engine/engine.ts';
import { endSubscriptions, loadDevices, type Device } from '#engine/push-subscriptions.ts';
import { renderPreview, type Preview, type PreviewInput } from '#engine/render-preview.ts';
import { smsSender } from '#providers/account.ts';

/** Tests that one person may send within an hour. */
export const TESTS_PER_HOUR = 20;
const VALIDITY_SECONDS = 3_600;

export type TestAccount = Exclude<SendingAccount, { config: { kind: 'house' } }>;
const isTestable = (account: SendingAccount): account is TestAccount => account.config.kind !== 'house';
/** Where a test goes. */
type Target = { kind: 'address'; to: string } | { kind: 'browsers'; customerId: string; devices: Device[] };
/** `to` is an address or a number; a notification goes to the browsers of a customer, who need not be its reader. */
export type TestInput = PreviewInput & { to?: string | undefined; toCustomerId?: string | undefined };

const TEST_MARK = '[Test]';

/** Signed links are left out: a test counts nowhere. `mark` begins a subject or a title. */
export function payloadOf(engine: Engine, account: TestAccount, target: Target, { parts, content, sender, mark = TEST_MARK }: Pick<Preview, 'parts'> & { content: Preview['content'] | null; sender: Sender; mark?: string }): Payload {
  const messageId = newId();
  const { subject = '', html = '', text = '', title = '' } = parts;
  if (account.channel === 'push') {
    const [to, devices] = target.kind === 'browsers' ? [target.customerId, target.devices] : ['', []];
    return { channel: 'push', messageId, to, devices, notification: notificationOf({ ...parts, title: `${mark} ${title}` }, (address) => address), ttlSeconds: VALIDITY_SECONDS, urgency: 'high' };
  }
  const to = target.kind === 'address' ? target.to : '';
  return account.channel !== 'email'
    ? { ...(account.channel === 'sms' ? { channel: account.channel } : { channel: account.channel, content }), messageId, to, sender: smsSender(sender), body: text, validitySeconds: VALIDITY_SECONDS, statusCallbackUrl: callbackUrl(engine, account, messageId) }
    : { channel: 'email', messageId, to, from: sender.from, ...(sender.replyTo ? { replyTo: sender.replyTo } : {}), subject: `${mark} ${subject.replace(/\s+/g, ' ')}`, html, text, headers: {}, tags: {} };
}

/** What a store says of itself: by its own reference, or the store of a customer. */
export async function findSenders(transaction: Transaction, by: { externalId: string } | { customerId: string | undefined }): Promise<StoreSenders | undefined> {
  const [store] = 'externalId' in by
    ? await transaction<{ id: string }[]>`select id from stores where external_id = ${by.externalId}`
    : await transaction<{ id: string }[]>`select s.id from customers c join stores s on s.id::text = c.profile ->> 'storeId' where c.id = ${by.customerId ?? null}`;
  if (!store && 'externalId' in by) throw new PermanentError('store.unknown', 'There is no such store.');
  return store && (await loadStoreSenders(transaction))[store.id];
}

/** Whoever said no to notifications gets none, not even to try one (§6.7): an address is written by whoever tests, a browser is somebody's. */
async function findBrowsers(transaction: Transaction, customerId: string | undefined): Promise<Result<Target>> {
  if (customerId === undefined) return fail({ code: 'test.noCustomer', message: 'A notification goes to the browsers of a customer: name one as toCustomerId.', path: ['body', 'toCustomerId'] });
  if (!(await findCustomer(transaction, customerId))) return fail({ code: 'customer.unknown', message: 'There is no such customer.', path: ['body', 'toCustomerId'] });
  const consents = await listConsents(transaction, customerId);
  if (consents.some(({ channel, purpose, state }) => channel === 'push' && purpose === 'marketing' && state === 'denied')) return fail({ code: 'test.denied', message: 'This customer does not want notifications.', path: ['body', 'toCustomerId'] });
  const devices = (await loadDevices(transaction, [customerId])).get(customerId) ?? [];
  return devices.length > 0 ? ok({ kind: 'browsers', customerId, devices }) : fail({ code: 'test.noBrowser', message: 'This customer takes notifications in no browser yet: their preference page turns them on.', path: ['body', 'toCustomerId'] });
}

async function findTarget(transaction: Transaction, channel: Channel, country: string, input: Pick<TestInput, 'to' | 'toCustomerId'>): Promise<Result<Target>> {
  const kind = CHANNEL_FACTS[channel].address;
  if (kind === 'postal' || isHouseChannel(channel)) return fail({ code: 'test.house', message: 'A letter or a call is tried by reading it: the preview shows it.', path: [] });
  if (kind === 'browser') return findBrowsers(transaction, input.toCustomerId);
  if (input.to === undefined) return fail({ code: 'test.noAddress', message: 'Say where the test goes: an address or a number as to.', path: ['body', 'to'] });
  const to = normaliseIdentifier(kind, input.to, country);
  return to.ok ? ok({ kind: 'address', to: to.value }) : fail(...to.problems.map((problem) => ({ ...problem, path: ['body', 'to'] })));
}

type Prepared = { account: TestAccount; payload: Payload; browsers: number | null };

async function prepare(engine: Engine, transaction: Transaction, workspaceId: string, actor: string, input: TestInput): Promise<Result<Prepared>> {
  const preview = await renderPreview(engine, transaction, workspaceId, { ...input, followable: true });
  if (!preview.ok) return preview;
  const { channel } = preview.value;
  const workspace = await findWorkspace(transaction, workspaceId);
  const target = await findTarget(transaction, channel, workspace?.country ?? 'FR', input);
  if (!target.ok) return target;
  const account = await findTestAccount(engine, transaction, workspaceId, actor, channel);
  if (!account.ok) return account;
  await audit({ transaction, workspaceId, actor }, { action: 'template.test', subject: input.key, after: { channel } });
  const sender = senderOf(account.value, { senders: await findSenders(transaction, { customerId: input.customerId }), verifiedDomains: await loadVerifiedDomains(transaction, workspaceId) });
  return ok({ account: account.value, payload: payloadOf(engine, account.value, target.value, { ...preview.value, sender }), browsers: target.value.kind === 'browsers' ? target.value.devices.length : null });
}

/** The account for one more test of this person, if there is one, and they have not sent too many. */
export async function findTestAccount(engine: Engine, transaction: Transaction, workspaceId: string, actor: string, channel: Channel): Promise<Result<TestAccount>> {
  // One person's tests wait for each other, so that the count is theirs alone.
  await transaction`select pg_advisory_xact_lock(hashtextextended(${`test ${workspaceId} ${actor}`}, 0))`;
  const [sent] = await transaction<{ n: number }[]>`select count(*)::int as n from audit_lines where workspace_id = ${workspaceId} and action in ('template.test', 'template.proof', 'account.test') and actor = ${actor} and id >= uuid_floor(clock_timestamp() - make_interval(secs => ${HOUR_MS / 1_000}))`;
  if ((sent?.n ?? 0) >= TESTS_PER_HOUR) return fail({ code: 'test.limit', message: `One person sends ${TESTS_PER_HOUR} tests within an hour at most.`, path: [] });
  const found = await loadAccount(engine, transaction, workspaceId, channel);
  return found.kind === 'ready' && isTestable(found.account) ? ok(found.account) : fail({ code: 'test.noAccount', message: `There is no account to send ${CHANNEL_NOUNS[channel]} with: set one up in the settings.`, path: [] });
}

const SENDER_TEST: Preview['parts'] = { subject: 'Parcours speaks through this sender', html: '<p>Parcours speaks through this sender.</p>', text: 'Parcours speaks through this sender.' };

/** One message of ours through a channel's account, before there is any template. WhatsApp takes approved templates only: those are tried one by one. */
export async function testSender(engine: Engine, workspaceId: string, actor: string, { channel, to, store }: { channel: 'email' | 'sms'; to: string; store?: string | undefined }, open: OpenVendor = openVendor): Promise<Result<{ channel: Channel; browsers: number | null }>> {
  const made = await inWorkspace(engine.database, workspaceId, async (transaction): Promise<Result<Prepared>> => {
    const target = await findTarget(transaction, channel, (await findWorkspace(transaction, workspaceId))?.country ?? 'FR', { to });
    if (!target.ok) return target;
    const account = await findTestAccount(engine, transaction, workspaceId, actor, channel);
    if (!account.ok) return account;
    await audit({ transaction, workspaceId, actor }, { action: 'account.test', subject: channel });
    return ok({ account: account.value, payload: payloadOf(engine, account.value, target.value, { parts: SENDER_TEST, content: null, sender: senderOf(account.value, { senders: store === undefined ? undefined : await findSenders(transaction, { externalId: store }), verifiedDomains: await loadVerifiedDomains(transaction, workspaceId) }) }), browsers: null });
  });
  return made.ok ? deliver(engine, workspaceId, made.value, open) : made;
}

/** Answers the channel, and how many browsers it went to, once the vendor has taken it. The address is kept nowhere; the audit line names the template. */
export async function sendTest(engine: Engine, workspaceId: string, actor: string, input: TestInput, open: OpenVendor = openVendor): Promise<Result<{ channel: Channel; browsers: number | null }>> {
  const made = await inWorkspace(engine.database, workspaceId, (transaction) => prepare(engine, transaction, workspaceId, actor, input));
  return made.ok ? deliver(engine, workspaceId, made.value, open) : made;
}

async function deliver(engine: Engine, workspaceId: string, { account, payload, browsers }: Prepared, open: OpenVendor): Promise<Result<{ channel: Channel; browsers: number | null }>> {
  const { gone = [], ...outcome } = await open(account).send(newId(), [payload]);
  if (gone.length > 0) {
    await inWorkspace(engine.database, workspaceId, async (transaction) => {
      await lockHeads(transaction, [payload.to]);
      await endSubscriptions(transaction, gone, await readNow(transaction, workspaceId));
    });
  }
  if (outcome.kind !== 'answered') return fail({ code: 'test.notTaken', message: `The vendor did not take it (${outcome.kind}): try again in a minute.`, path: [] });
  const [member] = outcome.members;
  if (member?.kind !== 'refused') return ok({ channel: account.channel, browsers: browsers === null ? null : browsers - gone.length });
  return browsers !== null && gone.length === browsers ? fail({ code: 'test.noBrowser', message: 'None of the browsers of this customer takes notifications any more.', path: ['body', 'toCustomerId'] }) : fail({ code: 'test.refused', message: `The vendor refused it: ${member.reason}`, path: ['body', browsers === null ? 'to' : 'toCustomerId'] });
}
