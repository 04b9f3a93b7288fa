/** Wishes a customer a happy birthday, with a voucher. */
import { Journey } from '#domain/journeys/definition.ts';
import { bothMails, EACH_OCCURRENCE, type ReadyJourney } from './ready-journey.ts';

const HOLDS_VOUCHER = { field: 'voucher.birthday.active', is: 'equals', value: true };

export const birthday: ReadyJourney = {
  key: 'birthday',
  name: { en: 'Birthday of the customer', fr: 'Anniversaire du client' },
  about: {
    en: 'On a customer’s birthday, at nine by their clock, a voucher of 15% goes out by e-mail. It is valid for a month; its use is the goal.',
    fr: 'Le jour de l’anniversaire d’un client, à neuf heures à sa montre, un bon de 15 % part par e-mail. Il vaut un mois ; son usage est l’objectif.',
  },
  listens: [],
  build: (language, website) => ({
    offers: [{ key: 'birthday', name: { en: '15% for your birthday', fr: '15 % pour votre anniversaire' }, benefit: { kind: 'percentOff', percent: 15 }, validity: { days: 30 }, singleUse: true }],
    templates: [bothMails('ready-birthday', { en: 'Birthday', fr: 'Anniversaire' }[language], {
      en: { subject: 'Happy birthday', title: 'Happy birthday', paragraphs: ['15% are waiting for you, for a month.'], voucher: { offer: 'birthday', title: 'Your code', until: 'Valid until' }, button: { text: 'Choose a present', url: website } },
      fr: { subject: 'Joyeux anniversaire', title: 'Joyeux anniversaire', paragraphs: ['15 % vous attendent, pendant un mois.'], voucher: { offer: 'birthday', title: 'Votre code', until: 'Valable jusqu’au' }, button: { text: 'Choisir un cadeau', url: website } },
    })],
    journey: Journey.parse({
      formatVersion: 1, key: 'birthday', name: birthday.name[language],
      entry: { trigger: { kind: 'date', of: { whose: 'customer', field: 'birthDate' }, repeats: 'yearly', timeOfDay: '09:00' }, reentry: EACH_OCCURRENCE, next: 'voucher' },
      nodes: [
        { id: 'voucher', kind: 'grantOffer', settings: { offerKey: 'birthday' }, next: { next: 'mail', refused: null } },
        { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'ready-birthday', category: 'promotion', expiresAfter: { amount: 1, unit: 'calendarDays' } }, next: { next: 'month' } },
        { id: 'month', kind: 'wait', settings: { mode: 'duration', duration: { amount: 30, unit: 'calendarDays' } }, next: {} },
        { id: 'used', kind: 'goal', settings: { name: { en: 'Bought with the voucher in hand', fr: 'A acheté, bon en main' }[language], event: { type: 'purchase', where: HOLDS_VOUCHER }, then: 'end' }, next: {} },
      ],
    }),
  }),
};
