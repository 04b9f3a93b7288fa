/** The page on which a customer turns notifications on in the browser that they hold, in their language (§6.4). It names the brand and nobody. */
import { brandFoot, brandLogo, brandStyle } from '#app/brand-head.ts';
import { escapeHtml, publicDocument } from '#app/public-page.ts';
import type { PushPage } from '#engine/follow-push-link.ts';

/** Which wording of the consent was shown: raise it with every change of `agree`. */
export const PUSH_WORDING_VERSION = 'push-1';

const WORDS = {
  en: {
    title: 'Notifications', agree: 'Show me news and offers as notifications on this device. I can stop them at any time.', on: 'Turn notifications on', off: 'Turn them off here', done: 'Notifications are on for this device.', ended: 'Notifications are off for this device.',
    refused: 'Your browser did not allow notifications. You can change this in its settings.', cannot: 'This browser has no notifications.', failed: 'This did not work. Please try again.', unknown: 'This link does not exist, or no longer.', script: 'Notifications need a browser that runs scripts.',
  },
  fr: {
    title: 'Notifications', agree: 'Affichez-moi les nouveautés et les offres en notification sur cet appareil. Je peux les arrêter à tout moment.', on: 'Activer les notifications', off: 'Les désactiver ici', done: 'Les notifications sont activées sur cet appareil.', ended: 'Les notifications sont désactivées sur cet appareil.',
    refused: 'Votre navigateur n’a pas autorisé les notifications. Vous pouvez changer cela dans ses réglages.', cannot: 'Ce navigateur n’a pas de notifications.', failed: 'Cela n’a pas fonctionné. Merci de réessayer.', unknown: 'Ce lien n’existe pas, ou plus.', script: 'Les notifications demandent un navigateur qui exécute les scripts.',
  },
} as const;

const STYLE = `:root{color-scheme:light dark}body{font:1.0625rem/1.5 system-ui,sans-serif;max-width:30rem;margin:0 auto;padding:2rem 1.25rem;color:#1c1c1c;background:#fff}
h1{font-size:1.625rem;line-height:1.25;margin:0 0 1rem}button{font:inherit;font-weight:600;width:100%;min-height:3rem;border-radius:.5rem;border:1px solid #1c1c1c;background:#1c1c1c;color:#fff;margin-top:.75rem;cursor:pointer}button.second{background:transparent;color:inherit}
:focus-visible{outline:3px solid #2f6fde;outline-offset:2px}@media (prefers-color-scheme:dark){body{color:#eee;background:#161616}button{background:#eee;color:#161616;border-color:#eee}button.second{color:#eee}}`;
const wordsOf = (language: string) => (language.toLowerCase().startsWith('fr') ? { tag: 'fr', words: WORDS.fr } : { tag: 'en', words: WORDS.en });

/** The words of the consent, as its proof. */
export const pushWording = (language: string): string => wordsOf(language).words.agree;

export function pushPage({ brand, kit, workspaceLanguage, language, publicKey, isSandbox }: PushPage): string {
  const { tag, words } = wordsOf(language);
  const data = (['done', 'ended', 'refused', 'cannot', 'failed'] as const).map((name) => `data-${name}="${escapeHtml(words[name])}"`).join(' ');
  const body = `<main data-key="${escapeHtml(publicKey)}" data-sandbox="${isSandbox ? 'yes' : 'no'}" ${data}>
${brandLogo(kit)}<h1>${escapeHtml(brand)}</h1><p>${words.agree}</p><button id="on" disabled>${words.on}</button><button id="off" class="second" disabled>${words.off}</button><p id="say" role="status"></p><noscript><p>${words.script}</p></noscript>${brandFoot(kit, tag, workspaceLanguage)}</main><script src="/push-page.js" defer></script>`;
  return publicDocument(tag, { title: `${words.title} — ${brand}`, style: `${STYLE}${brandStyle(kit)}`, body });
}

/** For a token that names no page, in both languages. */
export const unknownPushPage = (): string =>
  publicDocument('fr', { title: WORDS.fr.title, style: STYLE, body: `<main><h1>${WORDS.fr.unknown}</h1><p lang="en">${WORDS.en.unknown}</p></main>` });
