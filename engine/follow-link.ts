/** Stage 5, deliver: what a signed link does when a customer follows it: a click, an open, or a choice on the preference page. */
import { inWorkspace } from '#db/connection.ts';
import { findBrandKit } from '#db/queries/brand-kits.ts';
import { loadMessages } from '#db/queries/messages.ts';
import type { BrandKit } from '#domain/brand/brand-kit.ts';
import { CHANNELS, perChannel } from '#domain/customers/channels.ts';
import { Consent, ConsentPolicy, lawfulness, type Channel } from '#domain/customers/consent.ts';
import { CustomerFigures } from '#domain/customers/figures.ts';
import { nextDeliveryStatus } from '#domain/messages/delivery-status.ts';
import { formatInstant } from '#domain/shared/time.ts';
import { applyConsents } from '#engine/apply-consent.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import type { Engine } from '#engine/engine.ts';
import { openLink, type OpenedLink } from '#engine/links.ts';
import { noteMessages } from '#engine/note-messages.ts';

/** Records a click and answers the stored URL to go to; null when the token is no click link of ours. */
export async function followClick(engine: Engine, token: string): Promise<string | null> {
  const link = await openLink(engine, token);
  if (!link || link.kind !== 'click' || link.url === null) return null;
  await recordVisit(engine, link, 'clicked');
  return link.url;
}

/** Records that the message was opened. A token that is not ours changes nothing; the pixel is served in any case. */
export async function followOpen(engine: Engine, token: string): Promise<void> {
  const link = await openLink(engine, token);
  if (link?.kind === 'open') await recordVisit(engine, link, 'opened');
}

/** The first visit of a link is an event; an open is not the customer's own act (§6.8), a click is. */
async function recordVisit(engine: Engine, link: OpenedLink, status: 'clicked' | 'opened'): Promise<void> {
  const events = await inWorkspace(engine.database, link.workspaceId, async (transaction) => {
    await lockHeads(transaction, [link.customerId]);
    const first = await transaction`update links set used_at = workspace_now(${link.workspaceId}) where id = ${link.id} and used_at is null returning 1`;
    const row = first.length > 0 ? (await loadMessages(transaction, [link.messageId])).get(link.messageId) : undefined;
    if (!row) return 0;
    const now = await readNow(transaction, link.workspaceId);
    const at = formatInstant(now);
    const next = nextDeliveryStatus(row.status, { status });
    await transaction`
      update messages set status = ${next}, status_at = case when status = ${next} then status_at else ${at}::text::timestamptz end,
             delivered_at = coalesce(delivered_at, ${at}::text::timestamptz), opened_at = coalesce(opened_at, ${at}::text::timestamptz),
             clicked_at = case when ${status === 'clicked'} then coalesce(clicked_at, ${at}::text::timestamptz) else clicked_at end
       where id = ${row.id}`;
    if (status === 'clicked') await transaction`update customers set last_act_at = greatest(last_act_at, ${at}::text::timestamptz) where id = ${link.customerId}`;
    return noteMessages(transaction, link.workspaceId, [{ message: row, code: `message.${status}`, figures: link.url ? { url: link.url } : {}, at: now }]);
  });
  if (events > 0) engine.hintRouters();
}

/** `channels`: whether marketing may be sent there today. */
export type Preferences = { language: string; brand: string; kit: BrandKit; workspaceLanguage: string; channels: Record<Channel, boolean> };
type PreferenceRow = { brand: string; language: string; messageLanguage: string | null; customerLanguage: string | null; policy: unknown; figures: unknown };

/** What the preference page shows: no address and no name, since whoever holds the mail can open it. Null when the token is no link to it. */
export async function readPreferences(engine: Engine, token: string): Promise<Preferences | null> {
  const link = await openLink(engine, token);
  if (link?.kind !== 'preferences') return null;
  return inWorkspace(engine.database, link.workspaceId, async (transaction) => {
    const [row] = await transaction<PreferenceRow[]>`
      select w.brand, w.language, c.profile ->> 'language' as "customerLanguage", m.language as "messageLanguage", w.settings -> 'consentPolicy' as policy, c.figures
        from workspaces w join customers c on c.id = ${link.customerId} left join messages m on m.id = ${link.messageId} where w.id = ${link.workspaceId}`;
    if (!row) return null;
    const consents = await transaction<{ purpose: string; channel: string; state: string; source: string; at: Date }[]>`
      select distinct on (purpose, channel) purpose, channel, state, source, at from consents where customer_id = ${link.customerId} order by purpose, channel, id desc`;
    const said = consents.map((consent) => Consent.parse({ ...consent, at: consent.at.getTime() }));
    const facts = { at: await readNow(transaction, link.workspaceId), lastPurchaseAt: CustomerFigures.parse(row.figures).lastPurchaseAt };
    const receives = (channel: Channel): boolean => lawfulness('marketing', channel, said, ConsentPolicy.parse(row.policy ?? {}), facts).lawful;
    return { language: row.customerLanguage ?? row.messageLanguage ?? row.language, brand: row.brand, kit: await findBrandKit(transaction), workspaceLanguage: row.language, channels: perChannel(receives) };
  });
}

/**
 * Applies what the customer chose: `oneClick` ends marketing on the message's own channel (§6.5), `all` on every one, a choice per channel says each.
 * Answers false when the token is no link to the page.
 */
export async function choosePreferences(engine: Engine, token: string, choice: { kind: 'oneClick' } | { kind: 'all' } | { kind: 'channels'; granted: readonly Channel[] }): Promise<boolean> {
  const link = await openLink(engine, token);
  if (link?.kind !== 'preferences') return false;
  const events = await inWorkspace(engine.database, link.workspaceId, async (transaction) => {
    await lockHeads(transaction, [link.customerId]);
    const at = await readNow(transaction, link.workspaceId);
    const message = (await loadMessages(transaction, [link.messageId])).get(link.messageId);
    const chosen: [Channel, boolean][] = choice.kind === 'channels'
      ? CHANNELS.map((channel) => [channel, choice.granted.includes(channel)])
      : CHANNELS.filter((channel) => choice.kind === 'all' || channel === (message?.channel ?? 'email')).map((channel) => [channel, false]);
    await transaction`update customers set last_act_at = greatest(last_act_at, ${formatInstant(at)}::text::timestamptz) where id = ${link.customerId}`;
    return applyConsents(transaction, link.workspaceId, chosen.map(([channel, granted]) => ({
      customerId: link.customerId, purpose: 'marketing', channel, state: granted ? 'granted' as const : 'denied' as const,
      source: choice.kind === 'oneClick' ? 'unsubscribeLink' : 'preferencePage', at, proof: { linkId: link.id, messageId: link.messageId },
    })));
  });
  if (events > 0) engine.hintRouters();
  return true;
}
