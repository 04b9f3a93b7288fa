/** Invites back whoever has bought nothing for ninety days. */
import { Journey } from '#domain/journeys/definition.ts';
import { bothMails, type ReadyJourney } from './ready-journey.ts';

const NAME = { en: '{{ customer.firstName | default: "you" }}', fr: '{{ customer.firstName | default: "Bonjour" }}' };
const HOLDS_VOUCHER = { field: 'voucher.comeBack.active', is: 'equals', value: true };

export const winBack: ReadyJourney = {
  key: 'win-back',
  name: { en: 'Win back after 90 days', fr: 'Reconquête après 90 jours' },
  about: {
    en: 'Ninety days after the last purchase a voucher of 10% goes out by e-mail, as soon as the pressure rules allow it. Whoever buys meanwhile leaves; whoever comes back with the voucher is counted as won.',
    fr: 'Quatre-vingt-dix jours après le dernier achat, un bon de 10 % part par e-mail, dès que les règles de pression le permettent. Qui achète entre-temps sort ; qui revient avec le bon est compté comme regagné.',
  },
  listens: ['purchase'],
  build: (language, website) => ({
    offers: [{ key: 'comeBack', name: { en: '10% to see you again', fr: '10 % pour vous revoir' }, benefit: { kind: 'percentOff', percent: 10 }, validity: { days: 21 }, singleUse: true }],
    templates: [bothMails('ready-win-back', { en: 'Win back', fr: 'Reconquête' }[language], {
      en: { subject: `10% to see you again, ${NAME.en}`, title: 'It has been three months', paragraphs: ['10% are waiting for you.'], voucher: { offer: 'comeBack', title: 'Your code', until: 'Valid until' }, button: { text: 'See what is new', url: website } },
      fr: { subject: `${NAME.fr}, 10 % pour vous revoir`, title: 'Voilà trois mois', paragraphs: ['10 % vous attendent.'], voucher: { offer: 'comeBack', title: 'Votre code', until: 'Valable jusqu’au' }, button: { text: 'Voir les nouveautés', url: website } },
    })],
    journey: Journey.parse({
      formatVersion: 1, key: 'win-back', name: winBack.name[language],
      entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'afterExit', gapFrom: 'end' }, next: 'quiet' },
      exits: [{ on: 'event', name: { en: 'Came back unasked', fr: 'Revenu de lui-même' }[language], event: { type: 'purchase', where: { not: HOLDS_VOUCHER } } }],
      nodes: [
        { id: 'quiet', kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay: '18:30', after: { amount: 90, unit: 'calendarDays' } }, next: { next: 'pressure' } },
        { id: 'pressure', kind: 'pressureCheck', settings: { category: 'promotion', channel: 'email' }, next: { passes: 'voucher', capped: 'later' } },
        { id: 'later', kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay: '18:30', after: { amount: 2, unit: 'calendarDays' } }, next: { next: 'pressure' } },
        { id: 'voucher', kind: 'grantOffer', settings: { offerKey: 'comeBack' }, next: { next: 'mail', refused: null } },
        { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'ready-win-back', category: 'promotion', expiresAfter: { amount: 3, unit: 'calendarDays' } }, next: { next: 'three-weeks' } },
        { id: 'three-weeks', kind: 'wait', settings: { mode: 'duration', duration: { amount: 21, unit: 'calendarDays' } }, next: {} },
        { id: 'back', kind: 'goal', settings: { name: { en: 'Came back with the voucher', fr: 'Revenu avec le bon' }[language], event: { type: 'purchase', where: HOLDS_VOUCHER }, then: 'end' }, next: {} },
      ],
    }),
  }),
};
