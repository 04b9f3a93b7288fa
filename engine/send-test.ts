/** A command: a template to one address, to be looked at. It goes through the workspace's own account, and outside pressure, consent and every report; what it costs is that somebody gets it, so it is counted. */
import { CHANNEL_FACTS, isHouseChannel, type Channel } from '#domain/customers/channels.ts';
import { v7 as newId } from 'uuid';
import { inWorkspace } from '#db/connection.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import { normaliseIdentifier } from '#domain/customers/identifiers.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import { HOUR_MS } from '#domain/shared/time.ts';
import { audit } from '#engine/commands/command-context.ts';
import { callbackUrl } from '#engine/dispatch/compose-message.ts';
import { loadAccount, type SendingAccount } from '#engine/dispatch/sending-account.ts';
import { openVendor, type OpenVendor } from '#engine/dispatch/vendor.ts';
import type { Payload } from '#engine/dispatch/payload.ts';
import type { Engine } from '#engine/engine.ts';
import { renderPreview, type Preview, type PreviewInput } from '#engine/render-preview.ts';
import { smsSender } from '#providers/account.ts';

/** Tests that one person may send within an hour. */
export const TESTS_PER_HOUR = 20;
const VALIDITY_SECONDS = 3_600;
const CHANNEL_NOUNS: Record<Channel, string> = { email: 'e-mails', sms: 'SMS', whatsapp: 'WhatsApp messages', letter: 'letters', call: 'calls', push: 'notifications' };

type TestAccount = Exclude<SendingAccount, { config: { kind: 'house' } } | { channel: 'push' }>;
const isTestable = (account: SendingAccount): account is TestAccount => account.config.kind !== 'house' && account.channel !== 'push';

/** Signed links are left out: a test counts nowhere. */
function payloadOf(engine: Engine, account: TestAccount, to: string, { parts, content }: Preview): Payload {
  const messageId = newId();
  const { subject = '', html = '', text = '' } = parts;
  return account.channel !== 'email'
    ? { ...(account.channel === 'sms' ? { channel: account.channel } : { channel: account.channel, content }), messageId, to, sender: smsSender(account.config), body: text, validitySeconds: VALIDITY_SECONDS, statusCallbackUrl: callbackUrl(engine, account, messageId) }
    : { channel: 'email', messageId, to, from: account.config.from, ...(account.config.replyTo ? { replyTo: account.config.replyTo } : {}), subject: `[Test] ${subject.replace(/\s+/g, ' ')}`, html, text, headers: {}, tags: {} };
}

/** Answers the channel once the vendor has taken it. The address is kept nowhere; the audit line names the template. */
export async function sendTest(engine: Engine, workspaceId: string, actor: string, input: PreviewInput & { to: string }, open: OpenVendor = openVendor): Promise<Result<{ channel: Channel }>> {
  const made = await inWorkspace(engine.database, workspaceId, async (transaction): Promise<Result<{ account: TestAccount; payload: Payload }>> => {
    const preview = await renderPreview(engine, transaction, workspaceId, { ...input, followable: true });
    if (!preview.ok) return preview;
    const { channel } = preview.value;
    const workspace = await findWorkspace(transaction, workspaceId);
    const kind = CHANNEL_FACTS[channel].address;
    if (kind === 'postal' || kind === 'browser' || isHouseChannel(channel)) return fail({ code: 'test.house', message: 'A letter, a call or a notification is tried by reading it: the preview shows it.', path: [] });
    const to = normaliseIdentifier(kind, input.to, workspace?.country ?? 'FR');
    if (!to.ok) return fail(...to.problems.map((problem) => ({ ...problem, path: ['body', 'to'] })));
    // One person's tests wait for each other, so that the count is theirs alone.
    await transaction`select pg_advisory_xact_lock(hashtextextended(${`test ${workspaceId} ${actor}`}, 0))`;
    const [sent] = await transaction<{ n: number }[]>`select count(*)::int as n from audit_lines where workspace_id = ${workspaceId} and action = 'template.test' and actor = ${actor} and id >= uuid_floor(clock_timestamp() - make_interval(secs => ${HOUR_MS / 1_000}))`;
    if ((sent?.n ?? 0) >= TESTS_PER_HOUR) return fail({ code: 'test.limit', message: `One person sends ${TESTS_PER_HOUR} tests within an hour at most.`, path: [] });
    const found = await loadAccount(engine, transaction, workspaceId, channel);
    if (found.kind !== 'ready' || !isTestable(found.account)) return fail({ code: 'test.noAccount', message: `There is no account to send ${CHANNEL_NOUNS[channel]} with: set one up in the settings.`, path: [] });
    await audit({ transaction, workspaceId, actor }, { action: 'template.test', subject: input.key, after: { channel } });
    return ok({ account: found.account, payload: payloadOf(engine, found.account, to.value, preview.value) });
  });
  if (!made.ok) return made;
  const { account, payload } = made.value;
  const outcome = await open(account).send(newId(), [payload]);
  if (outcome.kind !== 'answered') return fail({ code: 'test.notTaken', message: `The vendor did not take it (${outcome.kind}): try again in a minute.`, path: [] });
  const [member] = outcome.members;
  return member?.kind === 'refused' ? fail({ code: 'test.refused', message: `The vendor refused it: ${member.reason}`, path: ['body', 'to'] }) : ok({ channel: account.channel });
}
