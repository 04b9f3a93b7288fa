/** What the signed link of the preference page does for notifications: the page's key, and turning them on and off (§6.4). */
import { inWorkspace } from '#db/connection.ts';
import type { BrandKit } from '#domain/brand/brand-kit.ts';
import type { PushSubscription } from '#domain/customers/push-subscription.ts';
import type { Engine } from '#engine/engine.ts';
import { readPreferences } from '#engine/follow-link.ts';
import { openLink } from '#engine/links.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { pushAccount, subscribe, unsubscribe } from '#engine/push-subscriptions.ts';

export type PushPage = { brand: string; kit: BrandKit; workspaceLanguage: string; language: string; publicKey: string; isSandbox: boolean };

/** Null when the token is no link to it. */
export async function openPushPage(engine: Engine, token: string): Promise<PushPage | null> {
  const [link, preferences] = [await openLink(engine, token), await readPreferences(engine, token)];
  if (!link || !preferences) return null;
  const account = await inWorkspace(engine.database, link.workspaceId, (transaction) => pushAccount(engine, transaction, link.workspaceId));
  return { brand: preferences.brand, kit: preferences.kit, workspaceLanguage: preferences.workspaceLanguage, language: preferences.language, publicKey: account.publicKey, isSandbox: account.baseUrl !== undefined };
}

type Choice = { on: PushSubscription | { simulated: string }; wordingVersion: string; wording: string; userAgent: string | null } | { /** The browser's own address; empty for the one used last. */ off: string };

/** False when the token is no link to the page, or the browser is of the other world. */
export async function choosePush(engine: Engine, token: string, choice: Choice): Promise<boolean> {
  const link = await openLink(engine, token);
  if (link?.kind !== 'preferences') return false;
  const { workspaceId, customerId } = link;
  try {
    const events = await inWorkspace(engine.database, workspaceId, async (transaction) => {
      if ('on' in choice) {
        const { on, wordingVersion, wording, userAgent } = choice;
        return (await subscribe(engine, transaction, workspaceId, { customerId, browser: on, userAgent, source: 'browser', wordingVersion, proof: { linkId: link.id, wording } })).events;
      }
      const [last] = choice.off === '' ? await transaction<{ id: string }[]>`select id from push_subscriptions where customer_id = ${customerId} and gone_at is null order by seen_at desc, id desc limit 1` : [];
      await unsubscribe(transaction, workspaceId, customerId, last ?? { endpoint: choice.off });
      return 0;
    });
    if (events > 0) engine.hintRouters();
    return true;
  } catch (error) {
    if (error instanceof PermanentError) return false;
    throw error;
  }
}
