/** Reminds of a cart that was left. */
import { Journey } from '#domain/journeys/definition.ts';
import { bothMails, bothTexts, type ReadyJourney } from './ready-journey.ts';

export const abandonedCart: ReadyJourney = {
  key: 'abandoned-cart',
  name: { en: 'Abandoned cart', fr: 'Panier abandonné' },
  about: {
    en: 'Four hours after a cart was filled and not bought, an e-mail reminds of it; two days later, within shop hours, a text. A purchase ends it at once.',
    fr: 'Quatre heures après un panier rempli et non acheté, un e-mail le rappelle ; deux jours plus tard, aux heures d’ouverture, un SMS. Un achat y met fin aussitôt.',
  },
  listens: ['cart.updated', 'purchase'],
  build: (language, website) => ({
    offers: [],
    templates: [
      bothMails('ready-abandoned-cart', { en: 'Your cart is waiting', fr: 'Votre panier vous attend' }[language], {
        en: { subject: 'Your cart is still here', title: 'Your cart is still here', paragraphs: ['We have kept what you chose. It takes a minute to finish.'], products: true, button: { text: 'Go back to your cart', url: `${website}/cart` } },
        fr: { subject: 'Votre panier est toujours là', title: 'Votre panier est toujours là', paragraphs: ['Nous avons gardé ce que vous avez choisi. Il suffit d’une minute pour finir.'], products: true, button: { text: 'Retrouver votre panier', url: `${website}/cart` } },
      }),
      bothTexts('ready-abandoned-cart-sms', { en: 'Your cart, once more', fr: 'Votre panier, encore' }[language], {
        en: `{{ brand.name }}: your cart is still here. {{ "${website}/cart" | short_link }} To opt out: STOP`,
        fr: `{{ brand.name }} : votre panier est toujours là. {{ "${website}/cart" | short_link }} Ne plus recevoir : STOP`,
      }),
    ],
    journey: Journey.parse({
      formatVersion: 1, key: 'abandoned-cart', name: abandonedCart.name[language],
      entry: { trigger: { kind: 'event', event: { type: 'cart.updated' } }, reentry: { mode: 'afterExit', minimumGap: { amount: 7, unit: 'calendarDays' }, gapFrom: 'end' }, maximumEventAgeHours: 4, next: 'four-hours' },
      exits: [{ on: 'event', name: { en: 'Emptied the cart', fr: 'A vidé le panier' }[language], event: { type: 'cart.emptied' } }],
      nodes: [
        { id: 'four-hours', kind: 'wait', settings: { mode: 'duration', duration: { amount: 4, unit: 'hours' } }, next: { next: 'mail' } },
        { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'ready-abandoned-cart', category: 'promotion', whenCapped: { kind: 'skip' }, expiresAfter: { amount: 1, unit: 'calendarDays' } }, next: { next: 'two-days' } },
        { id: 'two-days', kind: 'wait', settings: { mode: 'untilWindow', from: '10:00', to: '19:00', weekdays: [1, 2, 3, 4, 5, 6], after: { amount: 2, unit: 'calendarDays' } }, next: { next: 'text' } },
        { id: 'text', kind: 'sendSms', settings: { templateKey: 'ready-abandoned-cart-sms', category: 'promotion', whenCapped: { kind: 'skip' }, expiresAfter: { amount: 1, unit: 'calendarDays' } }, next: {} },
        { id: 'bought', kind: 'goal', settings: { name: { en: 'Bought', fr: 'A acheté' }[language], event: { type: 'purchase' }, then: 'end' }, next: {} },
      ],
    }),
  }),
};
