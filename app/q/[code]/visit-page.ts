/** What a passer-by sees behind a printed code: plain HTML without JavaScript, in their language (§1.10, §7.7). It names the brand and the place, and never a person. */
import type { Channel } from '#domain/customers/channels.ts';
import { brandFoot, brandLogo, brandStyle } from '#app/brand-head.ts';
import { escapeHtml, publicDocument } from '#app/public-page.ts';
import type { OpenedPlace } from '#engine/open-place.ts';

/** Which wording of the consent was shown: raise it with every change of `agree`. */
export const WORDING_VERSION = 'place-1';

const WORDS = {
  en: {
    hello: 'Good that you are here', who: 'E-mail or mobile number', why: 'So that your visit counts for you.', go: 'Count my visit', known: 'This device is known here: one tap is enough.', other: 'I am somebody else',
    asks: 'If you like', wrong: 'This is neither an e-mail address nor a phone number. Please check it.', tooFast: 'Too many people at once. Please try again in a minute.', thanks: 'Thank you. Your visit counts.', unknown: 'This code leads nowhere, or no longer.',
    agree: { email: 'Send me news and offers by e-mail. I can stop them at any time.', sms: 'Send me news and offers by SMS. I can stop them at any time.', whatsapp: 'Send me news and offers by WhatsApp. I can stop them at any time.', letter: 'Send me news and offers by post. I can stop them at any time.', call: 'Call me with offers. I can stop it at any time.', push: 'Send me news and offers as notifications. I can stop them at any time.' } satisfies Record<Channel, string>,
  },
  fr: {
    hello: 'Ravis de vous voir', who: 'E-mail ou numéro de mobile', why: 'Pour que votre visite compte pour vous.', go: 'Compter ma visite', known: 'Cet appareil est connu ici : un geste suffit.', other: 'Je suis quelqu’un d’autre',
    asks: 'Si vous le souhaitez', wrong: 'Ce n’est ni une adresse e-mail ni un numéro de téléphone. Merci de vérifier.', tooFast: 'Trop de monde à la fois. Merci de réessayer dans une minute.', thanks: 'Merci. Votre visite compte.', unknown: 'Ce code ne mène nulle part, ou plus.',
    agree: { email: 'Envoyez-moi les nouveautés et les offres par e-mail. Je peux les arrêter à tout moment.', sms: 'Envoyez-moi les nouveautés et les offres par SMS. Je peux les arrêter à tout moment.', whatsapp: 'Envoyez-moi les nouveautés et les offres par WhatsApp. Je peux les arrêter à tout moment.', letter: 'Envoyez-moi les nouveautés et les offres par courrier. Je peux les arrêter à tout moment.', call: 'Appelez-moi pour me proposer des offres. Je peux y mettre fin à tout moment.', push: 'Envoyez-moi les nouveautés et les offres par notification. Je peux les arrêter à tout moment.' } satisfies Record<Channel, string>,
  },
} as const;
export type PageLanguage = keyof typeof WORDS;

const STYLE = `:root{color-scheme:light dark}body{font:1.0625rem/1.5 system-ui,sans-serif;max-width:30rem;margin:0 auto;padding:2rem 1.25rem 3rem;color:#1c1c1c;background:#fff}
h1{font-size:1.625rem;line-height:1.25;margin:0 0 .5rem}.brand{font-weight:600;margin:0 0 1.5rem}label{display:block}form{margin:1.5rem 0}
input:is([type=text],[type=tel]){font:inherit;box-sizing:border-box;width:100%;padding:.75rem;border:1px solid #767676;border-radius:.5rem;background:#fff;color:#1c1c1c;margin:.25rem 0}
input:is([type=text],[type=tel])[aria-invalid]{border-color:#b3261e}.help{color:#555;font-size:.9375rem;margin:0}
fieldset{border:1px solid #767676;border-radius:.5rem;padding:.75rem 1rem;margin:1.25rem 0}.choice{display:grid;grid-template-columns:1.5rem 1fr;gap:.75rem;padding:.5rem 0}.choice input{width:1.5rem;height:1.5rem;margin:0}
button{font:inherit;font-weight:600;width:100%;min-height:3rem;border-radius:.5rem;border:1px solid #1c1c1c;background:#1c1c1c;color:#fff;cursor:pointer;margin-top:.5rem}
[role=status]{border-left:.25rem solid #1a7f37;padding:.75rem 1rem;background:#eef8f0}[role=alert]{border-left:.25rem solid #b3261e;padding:.75rem 1rem;background:#fdecea}a,summary{color:inherit}summary{padding:.75rem 0;cursor:pointer}
:focus-visible{outline:3px solid #2f6fde;outline-offset:2px}.languages{margin-top:2.5rem;font-size:.9375rem}.languages a{display:inline-block;padding:.5rem 1rem .5rem 0}
@media (prefers-color-scheme:dark){body{color:#eee;background:#161616}input:is([type=text],[type=tel]){background:#222;color:#eee;border-color:#8f8f8f}fieldset{border-color:#8f8f8f}.help{color:#bbb}button{background:#eee;color:#161616;border-color:#eee}[role=status]{background:#12301b}[role=alert]{background:#3b1714}}`;

/** The language asked for by name, else the first that the browser likes and we speak, else the brand's. */
export function languageOf(request: Request, fallback: string): PageLanguage {
  const asked = [new URL(request.url).searchParams.get('lang') ?? '', ...(request.headers.get('accept-language') ?? '').split(',').map((part) => part.trim()), fallback];
  const spoken = asked.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'en' || tag === 'fr');
  return spoken === 'fr' ? 'fr' : 'en';
}

export const pageOf = (language: PageLanguage, title: string, body: string, style = ''): string =>
  publicDocument(language, { title, style: `${STYLE}${style}`, body: `<main>${body}</main>` });

/** What the brand says here: the reader's language, its base, the brand's own, any. */
function invitationIn(place: OpenedPlace['place'], language: string, fallback: string): string {
  const { invitation } = place;
  return invitation[language] ?? invitation[fallback] ?? invitation[fallback.slice(0, 2)] ?? Object.values(invitation)[0] ?? '';
}

export type Shown = { language: PageLanguage; known: boolean; problem?: 'wrong' | 'tooFast' | undefined; typed?: string | undefined };

/** The form. It posts to its own address; whoever is known need not write anything. */
export function visitPage({ brand, kit, language: brandLanguage, place }: OpenedPlace, { language, known, problem, typed = '' }: Shown): string {
  const words = WORDS[language];
  const invitation = invitationIn(place, language, brandLanguage);
  const wrong = problem === 'wrong';
  const field = `<label for="who">${words.who}</label><input id="who" name="who" type="text" inputmode="email" autocomplete="email" autocapitalize="none" spellcheck="false" maxlength="254" value="${escapeHtml(typed)}" aria-describedby="why"${wrong ? ' aria-invalid="true"' : ''}${known ? '' : ' required'}><p class="help" id="why">${words.why}</p>`;
  const asks = place.asksFor.length === 0 ? '' : `<fieldset><legend>${words.asks}</legend>${place.asksFor.map((channel) => `<label class="choice"><input type="checkbox" name="agree" value="${channel}"><span>${words.agree[channel]}</span></label>`).join('')}</fieldset>`;
  const languages = (['en', 'fr'] as const).map((tag) => (tag === language ? '' : `<a href="?lang=${tag}" lang="${tag}" hreflang="${tag}">${tag === 'fr' ? 'Français' : 'English'}</a>`)).join('');
  return pageOf(language, `${place.name} — ${brand}`, `${brandLogo(kit)}<p class="brand">${escapeHtml(brand)} · ${escapeHtml(place.name)}</p><h1>${words.hello}</h1>${invitation ? `<p>${escapeHtml(invitation)}</p>` : ''}
${problem ? `<p role="alert">${words[problem]}</p>` : ''}<form method="post"><input type="hidden" name="lang" value="${language}">${known ? `<p>${words.known}</p>` : ''}${known ? `<details${wrong ? ' open' : ''}><summary>${words.other}</summary>${field}</details>` : field}
${asks}<button class="go">${words.go}</button></form><p class="languages">${languages}</p>${brandFoot(kit, language, brandLanguage)}`, brandStyle(kit));
}

/** After the visit was counted; shown by a GET of its own, so that loading it again posts nothing. */
export function thanksPage({ brand, kit, language: brandLanguage, place }: OpenedPlace, language: PageLanguage): string {
  const { thanks } = WORDS[language];
  return pageOf(language, `${place.name} — ${brand}`, `${brandLogo(kit)}<p class="brand">${escapeHtml(brand)} · ${escapeHtml(place.name)}</p><h1 role="status">${thanks}</h1>${brandFoot(kit, language, brandLanguage)}`, brandStyle(kit));
}

/** For a code that leads nowhere, in both languages. */
export const noPlacePage = (): string => pageOf('fr', WORDS.fr.unknown, `<h1>${WORDS.fr.unknown}</h1><p lang="en">${WORDS.en.unknown}</p>`);

/** The words beside a box, as proof of what was agreed to. */
export const wordingOf = (channel: Channel, language: PageLanguage): string => WORDS[language].agree[channel];
