/** What a passer-by sees behind the poster of a store: plain HTML without JavaScript, in their language. It says what is agreed to before it is, and never whether a number is known. */
import type { OpenedPlace } from '#engine/open-place.ts';
import { brandFoot, brandLogo, brandStyle } from '#app/brand-head.ts';
import { escapeHtml } from '#app/public-page.ts';
import { pageOf, type PageLanguage } from '#app/q/[code]/visit-page.ts';

/** Which wording of the consent was shown: raise it with every change of `agree`. */
export const JOIN_WORDING_VERSION = 'poster-1';

const WORDS = {
  en: {
    title: (brand: string) => `Join ${brand}`, about: 'Your purchases count from now on. It takes half a minute and costs nothing.', phone: 'Mobile number', phoneHelp: 'With +33 … when it is not of this country.', name: 'First name (optional)',
    agree: (brand: string) => `Yes, ${brand} may write to me by SMS about news and offers. I can stop it at any time by answering STOP.`, free: 'You can join without agreeing to this.', go: 'Join',
    problems: { wrong: 'This is no phone number. Please check it.', tooFast: 'Too many people at once. Please try again in a minute.' },
    done: (brand: string) => `Welcome to ${brand}.`, next: 'Give your mobile number at the till: your purchases count.',
  },
  fr: {
    title: (brand: string) => `Rejoignez ${brand}`, about: 'Vos achats comptent dès maintenant. Cela prend une demi-minute et ne coûte rien.', phone: 'Numéro de mobile', phoneHelp: 'Avec +33 … s’il n’est pas de ce pays.', name: 'Prénom (facultatif)',
    agree: (brand: string) => `Oui, ${brand} peut m’écrire par SMS pour ses nouveautés et ses offres. Je peux l’arrêter à tout moment en répondant STOP.`, free: 'Vous pouvez nous rejoindre sans accepter cela.', go: 'Rejoindre',
    problems: { wrong: 'Ce n’est pas un numéro de téléphone. Merci de vérifier.', tooFast: 'Trop de monde à la fois. Merci de réessayer dans une minute.' },
    done: (brand: string) => `Bienvenue chez ${brand}.`, next: 'Donnez votre numéro de mobile en caisse\u00a0: vos achats comptent.',
  },
} as const;

/** The words beside the box, as proof of what was agreed to. */
export const joinWordingOf = (brand: string, language: PageLanguage): string => WORDS[language].agree(brand);

const nameOf = ({ place }: OpenedPlace): string => place.storeName ?? place.name;
const titleOf = (opened: OpenedPlace): string => `${nameOf(opened)} — ${opened.brand}`;
/** Many stores bear the brand in their name; it is not said twice. */
const whereOf = (opened: OpenedPlace): string => (nameOf(opened).includes(opened.brand) ? nameOf(opened) : `${opened.brand} · ${nameOf(opened)}`);
const headOf = (opened: OpenedPlace): string => `${brandLogo(opened.kit)}<p class="brand">${escapeHtml(whereOf(opened))}</p>`;

export type JoinShown = { language: PageLanguage; problem?: 'wrong' | 'tooFast' | undefined; phone?: string | undefined; firstName?: string | undefined };

/** The form. It posts to its own address; the box is not ticked beforehand, and joining does not hang on it. */
export function joinPage(opened: OpenedPlace, { language, problem, phone = '', firstName = '' }: JoinShown): string {
  const words = WORDS[language];
  const other = language === 'fr' ? 'en' : 'fr';
  return pageOf(language, titleOf(opened), `${headOf(opened)}<h1>${escapeHtml(words.title(opened.brand))}</h1><p>${words.about}</p>
${problem ? `<p role="alert">${words.problems[problem]}</p>` : ''}<form method="post"><input type="hidden" name="lang" value="${language}">
<label for="phone">${words.phone}</label><input id="phone" name="phone" type="tel" inputmode="tel" autocomplete="tel" maxlength="40" value="${escapeHtml(phone)}" aria-describedby="phone-help" required${problem === 'wrong' ? ' aria-invalid="true"' : ''}><p class="help" id="phone-help">${words.phoneHelp}</p>
<label for="name" style="margin-top:1rem">${words.name}</label><input id="name" name="firstName" type="text" autocomplete="given-name" maxlength="100" value="${escapeHtml(firstName)}">
<label class="choice" style="margin-top:1rem"><input type="checkbox" name="agree" value="sms"><span>${escapeHtml(words.agree(opened.brand))}</span></label><p class="help">${words.free}</p>
<button class="go">${words.go}</button></form><p class="languages"><a href="?lang=${other}" lang="${other}" hreflang="${other}">${other === 'fr' ? 'Français' : 'English'}</a></p>${brandFoot(opened.kit, language, opened.language)}`, brandStyle(opened.kit));
}

/** After joining; shown by a GET of its own, the same for everybody. */
export function joinedPage(opened: OpenedPlace, language: PageLanguage): string {
  const words = WORDS[language];
  return pageOf(language, titleOf(opened), `${headOf(opened)}<h1 role="status">${escapeHtml(words.done(opened.brand))}</h1><p>${words.next}</p>${brandFoot(opened.kit, language, opened.language)}`, brandStyle(opened.kit));
}
