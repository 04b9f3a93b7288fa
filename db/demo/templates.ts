/** What the brand writes, in French and in English: three e-mails in one frame and an SMS. Variables are Liquid; links are signed when a message leaves. */
import type { TemplateInput } from '#domain/messages/template.ts';

const SHOP = 'https://www.tillebou.test';
const INK = '#2f3a3f';
const RUST = '#b4532a';

type Words = { title: string; paragraphs: string[]; button?: { words: string; url: string }; after?: string; footer: string };

function email({ title, paragraphs, button, after, footer }: Words): string {
  const text = (words: string): string => `<mj-text font-size="16px" line-height="1.5" color="${INK}">${words}</mj-text>`;
  return `<mjml><mj-head><mj-attributes><mj-all font-family="Georgia, 'Times New Roman', serif" /></mj-attributes></mj-head>
<mj-body background-color="#f6f1e7">
  <mj-section padding="24px 0 8px"><mj-column><mj-text align="center" font-size="30px" letter-spacing="2px" color="${RUST}">Tillebou</mj-text></mj-column></mj-section>
  <mj-section background-color="#ffffff" padding="16px"><mj-column>
    <mj-text font-size="22px" color="${INK}">${title}</mj-text>
    ${paragraphs.map(text).join('\n    ')}
    ${button ? `<mj-button background-color="${RUST}" href="${button.url}">${button.words}</mj-button>` : ''}
    ${after ? text(after) : ''}
  </mj-column></mj-section>
  <mj-section><mj-column><mj-text align="center" font-size="12px" color="#75695c">${footer}</mj-text></mj-column></mj-section>
</mj-body></mjml>`;
}

const FOOTER_FR = 'Tillebou, vêtements d’enfants — Lyon, Nantes, Montpellier. <a href="{{ links.preferences }}">Choisir ce que je reçois</a>';
const FOOTER_EN = 'Tillebou, clothes for children — Lyon, Nantes, Montpellier. <a href="{{ links.preferences }}">Choose what I receive</a>';
const NAME_FR = '{{ customer.firstName | default: "à vous" }}';
const NAME_EN = '{{ customer.firstName | default: "you" }}';

/** Five grades, each a link; its title tells a simulated reader which one it is. */
const grades = (order: string): string =>
  `<span style="font-size:24px">${[1, 2, 3, 4, 5].map((score) => `<a title="score-${score}" style="color:${RUST};text-decoration:none" href="${SHOP}/${order}?score=${score}">&nbsp;${score}&nbsp;</a>`).join(' ')}</span>`;

const WELCOME: TemplateInput = {
  key: 'welcome', name: 'Bienvenue', content: { channel: 'email', variants: {
    fr: { subject: `Bienvenue chez Tillebou, ${NAME_FR}`, mjml: email({
      title: `Bonjour ${NAME_FR},`,
      paragraphs: ['Merci pour votre première visite. Nos vêtements sont faits pour grimper, rouler et passer au petit frère.', 'Pour la prochaine fois, voici 10 % : <strong>{{ voucher.welcome.code }}</strong>{% if voucher.welcome.validUntil %}, jusqu’au {{ voucher.welcome.validUntil | date: "%d/%m/%Y" }}{% endif %}. Votre carte compte déjà {{ balances.points | default: 0 }} points.'],
      button: { words: 'Voir la saison', url: `${SHOP}/saison` }, footer: FOOTER_FR }) },
    en: { subject: `Welcome to Tillebou, ${NAME_EN}`, mjml: email({
      title: `Hello ${NAME_EN},`,
      paragraphs: ['Thank you for your first visit. Our clothes are made to climb, to roll about in and to be handed down.', 'For next time, here is 10%: <strong>{{ voucher.welcome.code }}</strong>{% if voucher.welcome.validUntil %}, until {{ voucher.welcome.validUntil | date: "%d/%m/%Y" }}{% endif %}. Your card holds {{ balances.points | default: 0 }} points already.'],
      button: { words: 'See the season', url: `${SHOP}/en/season` }, footer: FOOTER_EN }) },
  } },
};

const THANK_YOU: TemplateInput = {
  key: 'thank-you', name: 'Merci', content: { channel: 'email', variants: {
    fr: { subject: `Merci ${NAME_FR} : {{ balances.points | default: 0 }} points sur votre carte`, mjml: email({
      title: `Merci ${NAME_FR},`,
      paragraphs: ['Votre carte compte maintenant <strong>{{ balances.points | default: 0 }} points</strong> ; à 300 points, un bon de 15 € est à vous.', 'Êtes-vous contente de votre visite ? De 1 (pas du tout) à 5 (tout à fait) :', grades('avis')],
      after: 'Votre réponse vaut 10 points.', footer: FOOTER_FR }) },
    en: { subject: `Thank you ${NAME_EN}: {{ balances.points | default: 0 }} points on your card`, mjml: email({
      title: `Thank you ${NAME_EN},`,
      paragraphs: ['Your card now holds <strong>{{ balances.points | default: 0 }} points</strong>; at 300 points a €15 voucher is yours.', 'Were you happy with your visit? From 1 (not at all) to 5 (very):', grades('en/review')],
      after: 'Your answer is worth 10 points.', footer: FOOTER_EN }) },
  } },
};

const WIN_BACK: TemplateInput = {
  key: 'win-back', name: 'On se revoit ?', content: { channel: 'email', variants: {
    fr: { subject: `10 € pour vous revoir, ${NAME_FR}`, mjml: email({
      title: `Ils ont grandi, ${NAME_FR} ?`,
      paragraphs: ['Voilà trois mois que nous ne vous avons pas vue. La saison a changé, les tailles aussi.', '10 € vous attendent dès 40 € d’achat, avec le code <strong>{{ voucher.comeBack.code }}</strong>{% if voucher.comeBack.validUntil %} jusqu’au {{ voucher.comeBack.validUntil | date: "%d/%m/%Y" }}{% endif %}.'],
      button: { words: 'Voir les nouveautés', url: `${SHOP}/nouveautes` }, footer: FOOTER_FR }) },
    en: { subject: `€10 to see you again, ${NAME_EN}`, mjml: email({
      title: `Have they grown, ${NAME_EN}?`,
      paragraphs: ['It has been three months. The season has changed, and so have their sizes.', '€10 are waiting for you on €40 or more, with the code <strong>{{ voucher.comeBack.code }}</strong>{% if voucher.comeBack.validUntil %} until {{ voucher.comeBack.validUntil | date: "%d/%m/%Y" }}{% endif %}.'],
      button: { words: 'See what is new', url: `${SHOP}/en/new` }, footer: FOOTER_EN }) },
  } },
};

const WELCOME_SMS: TemplateInput = {
  key: 'welcome-sms', name: 'Rappel de bienvenue', content: { channel: 'sms', variants: {
    fr: { text: 'Tillebou : {{ customer.firstName }}, vos 10 % de bienvenue ({{ voucher.welcome.code }}) sont encore valables quelques jours. Ne plus recevoir : STOP' },
    en: { text: 'Tillebou: {{ customer.firstName }}, your welcome 10% ({{ voucher.welcome.code }}) is good for a few more days. To opt out: STOP' },
  } },
};

export const DEMO_TEMPLATES: readonly TemplateInput[] = [WELCOME, WELCOME_SMS, THANK_YOU, WIN_BACK];
