/** The preference page as plain HTML without JavaScript, in the customer's language (§6.5, §7.7). It names the brand and nobody. */
import { CHANNELS, type Channel } from '#domain/customers/channels.ts';
import { brandFoot, brandLogo, brandStyle } from '#app/brand-head.ts';
import { escapeHtml, publicDocument } from '#app/public-page.ts';
import type { Preferences } from '#engine/follow-link.ts';

const WORDS = {
  en: {
    title: 'Your choices', intro: 'What may we send you?', email: 'News and offers by e-mail', sms: 'News and offers by SMS', whatsapp: 'News and offers by WhatsApp', letter: 'News and offers by post', call: 'Offers by phone call', push: 'News and offers as notifications', device: 'Turn notifications on for this device',
    save: 'Save my choices', none: 'Unsubscribe from everything', saved: 'Your choices are saved. They count from now on.',
    service: 'Messages about your orders and your account are not concerned.', unknown: 'This link does not exist, or no longer.',
  },
  fr: {
    title: 'Vos choix', intro: 'Que pouvons-nous vous envoyer ?', email: 'Nouveautés et offres par e-mail', sms: 'Nouveautés et offres par SMS', whatsapp: 'Nouveautés et offres par WhatsApp', letter: 'Nouveautés et offres par courrier', call: 'Offres par téléphone', push: 'Nouveautés et offres par notification', device: 'Activer les notifications sur cet appareil',
    save: 'Enregistrer mes choix', none: 'Me désinscrire de tout', saved: 'Vos choix sont enregistrés. Ils valent dès maintenant.',
    service: 'Les messages sur vos commandes et votre compte ne sont pas concernés.', unknown: 'Ce lien n’existe pas, ou plus.',
  },
} as const;

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem;color:#1c1c1c;background:#fff}
fieldset{border:1px solid #767676;border-radius:.5rem;padding:1rem;margin:1rem 0}label{display:block;padding:.5rem 0}input{width:1.25rem;height:1.25rem;vertical-align:-.25rem;margin-right:.5rem}
button{font:inherit;padding:.75rem 1rem;border-radius:.5rem;border:1px solid #1c1c1c;background:#fff;color:#1c1c1c;margin:.25rem .5rem .25rem 0;cursor:pointer}button.first{background:#1c1c1c;color:#fff}
[role=status]{border-left:.25rem solid #1a7f37;padding:.5rem 1rem;background:#eef8f0}`;

const wordsOf = (language: string): { tag: 'en' | 'fr'; words: (typeof WORDS)['en' | 'fr'] } =>
  language.toLowerCase().startsWith('fr') ? { tag: 'fr', words: WORDS.fr } : { tag: 'en', words: WORDS.en };

const page = (tag: string, title: string, body: string, style = ''): string => publicDocument(tag, { title, style: `${STYLE}${style}`, body: `<main>${body}</main>` });

/** The page of these preferences; its form posts to its own address. */
export function preferencePage(preferences: Preferences, { saved, pushPath }: { saved: boolean; pushPath: string }): string {
  const { tag, words } = wordsOf(preferences.language);
  const box = (channel: Channel) => `<label><input type="checkbox" name="${channel}" value="on"${preferences.channels[channel] ? ' checked' : ''}>${words[channel]}</label>`;
  return page(tag, `${words.title} — ${preferences.brand}`, `${brandLogo(preferences.kit)}<h1>${escapeHtml(preferences.brand)}</h1>${saved ? `<p role="status">${words.saved}</p>` : ''}
<form method="post"><fieldset><legend>${words.intro}</legend>${CHANNELS.map(box).join('')}</fieldset>
<button class="first" name="action" value="save">${words.save}</button><button name="action" value="all">${words.none}</button></form><p><a href="${escapeHtml(pushPath)}">${words.device}</a></p><p>${words.service}</p>${brandFoot(preferences.kit, tag, preferences.workspaceLanguage)}`, brandStyle(preferences.kit));
}

/** For a token that names no page, in both languages. */
export const unknownPage = (): string => page('fr', WORDS.fr.title, `<p>${WORDS.fr.unknown}</p><p lang="en">${WORDS.en.unknown}</p>`);
