/** Thanks for the first purchase and asks how it was. */
import { Journey } from '#domain/journeys/definition.ts';
import { bothMails, type ReadyJourney } from './ready-journey.ts';

const NAME = { en: '{{ customer.firstName | default: "you" }}', fr: '{{ customer.firstName | default: "à vous" }}' };
const CLICKED = { type: 'message.clicked', where: { all: [{ field: 'event.properties.nodeId', is: 'equals', value: 'thanks' }, { field: 'event.properties.url', is: 'contains', value: 'score=' }] } };

export const firstPurchase: ReadyJourney = {
  key: 'first-purchase',
  name: { en: 'Thanks for the first purchase', fr: 'Merci pour le premier achat' },
  about: {
    en: 'Two days after a first purchase, an e-mail says thank you and asks for a grade from 1 to 5. The answer is kept on the customer, and an unhappy one can be called.',
    fr: 'Deux jours après un premier achat, un e-mail remercie et demande une note de 1 à 5. La réponse est gardée sur la fiche, et un client mécontent peut être rappelé.',
  },
  listens: ['purchase'],
  build: (language, website) => ({
    offers: [],
    templates: [bothMails('ready-first-purchase', { en: 'Thanks for the first purchase', fr: 'Merci pour le premier achat' }[language], {
      en: { subject: `Thank you, ${NAME.en}`, title: `Thank you, ${NAME.en}`, paragraphs: ['It was your first purchase with us. Were you happy with it?'], grades: { to: website, least: 'Not at all', most: 'Very' }, button: { text: 'See what is new', url: website } },
      fr: { subject: `Merci, ${NAME.fr}`, title: `Merci, ${NAME.fr}`, paragraphs: ['C’était votre premier achat chez nous. En êtes-vous content ?'], grades: { to: website, least: 'Pas du tout', most: 'Tout à fait' }, button: { text: 'Voir les nouveautés', url: website } },
    })],
    journey: Journey.parse({
      formatVersion: 1, key: 'first-purchase', name: firstPurchase.name[language],
      entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, audience: { field: 'figures.purchases', is: 'atMost', value: 1 }, reentry: { mode: 'onceEver' }, next: 'two-days' },
      exits: [{ on: 'event', name: { en: 'Brought it back', fr: 'A tout rapporté' }[language], event: { type: 'return' } }],
      nodes: [
        { id: 'two-days', kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay: '18:00', after: { amount: 2, unit: 'calendarDays' } }, next: { next: 'thanks' } },
        { id: 'thanks', kind: 'sendEmail', settings: { templateKey: 'ready-first-purchase', category: 'information', expiresAfter: { amount: 2, unit: 'calendarDays' } }, next: { next: 'answer' } },
        { id: 'answer', kind: 'waitForEvent', settings: { event: CLICKED, timeout: { amount: 7, unit: 'calendarDays' } }, next: { event: 'happy' } },
        { id: 'happy', kind: 'condition', settings: { condition: { any: [{ field: 'event.properties.url', is: 'contains', value: 'score=4' }, { field: 'event.properties.url', is: 'contains', value: 'score=5' }] } }, next: { yes: 'satisfied', no: 'unsatisfied' } },
        { id: 'satisfied', kind: 'setAttribute', settings: { attribute: 'satisfied', value: true }, next: {} },
        { id: 'unsatisfied', kind: 'setAttribute', settings: { attribute: 'satisfied', value: false }, next: {} },
      ],
    }),
  }),
};
