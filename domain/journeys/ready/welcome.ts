/** Welcomes whoever agrees to be written to. */
import { Journey } from '#domain/journeys/definition.ts';
import { bothMails, type ReadyJourney } from './ready-journey.ts';

const NAME = { en: '{{ customer.firstName | default: "you" }}', fr: '{{ customer.firstName | default: "vous" }}' };

export const welcome: ReadyJourney = {
  key: 'welcome-after-agreeing',
  name: { en: 'Welcome after agreeing', fr: 'Bienvenue après l’accord' },
  about: {
    en: 'The day after a customer agrees to be written to, a welcome goes out by e-mail. A week later whoever has bought nothing yet gets a second one; a purchase meanwhile is the goal.',
    fr: 'Le lendemain du jour où un client accepte de recevoir vos messages, un e-mail lui souhaite la bienvenue. Une semaine plus tard, qui n’a rien acheté en reçoit un second ; un achat entre-temps est l’objectif.',
  },
  listens: [],
  build: (language, website) => ({
    offers: [],
    templates: [
      bothMails('ready-welcome', { en: 'Welcome', fr: 'Bienvenue' }[language], {
        en: { subject: 'Welcome', title: `Welcome, ${NAME.en}`, paragraphs: ['Thank you for letting us write to you. We will do so when there is something worth your time, and you can choose at any moment what you receive.'], button: { text: 'Look around', url: website } },
        fr: { subject: 'Bienvenue', title: `Bienvenue, ${NAME.fr}`, paragraphs: ['Merci de nous laisser vous écrire. Nous le ferons quand cela en vaut la peine, et vous choisissez à tout moment ce que vous recevez.'], button: { text: 'Faire un tour', url: website } },
      }),
      bothMails('ready-welcome-week', { en: 'Welcome, a week later', fr: 'Bienvenue, une semaine après' }[language], {
        en: { subject: 'May we help you choose?', title: 'May we help you choose?', paragraphs: ['These are what other customers like best. And if you have a question, simply answer this message.'], button: { text: 'See what others like', url: website } },
        fr: { subject: 'Pouvons-nous vous aider à choisir ?', title: 'Pouvons-nous vous aider à choisir ?', paragraphs: ['Voici ce que d’autres clients préfèrent. Et si vous avez une question, répondez simplement à ce message.'], button: { text: 'Voir ce qui plaît', url: website } },
      }),
    ],
    journey: Journey.parse({
      formatVersion: 1, key: 'welcome-after-agreeing', name: welcome.name[language],
      entry: {
        trigger: { kind: 'date', of: { whose: 'customer', field: 'consents.marketing.email' }, repeats: 'once', offset: { amount: 1, unit: 'calendarDays', direction: 'after' }, timeOfDay: '10:00' },
        reentry: { mode: 'onceEver' }, next: 'mail',
      },
      nodes: [
        { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'ready-welcome', category: 'information', expiresAfter: { amount: 2, unit: 'calendarDays' } }, next: { next: 'week' } },
        { id: 'week', kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay: '10:00', after: { amount: 7, unit: 'calendarDays' } }, next: { next: 'bought' } },
        { id: 'bought', kind: 'condition', settings: { condition: { field: 'figures.purchases', is: 'atLeast', value: 1 } }, next: { yes: null, no: 'second' } },
        { id: 'second', kind: 'sendEmail', settings: { templateKey: 'ready-welcome-week', category: 'promotion', whenCapped: { kind: 'skip' }, expiresAfter: { amount: 2, unit: 'calendarDays' } }, next: {} },
        { id: 'goal', kind: 'goal', settings: { name: { en: 'First purchase', fr: 'Premier achat' }[language], event: { type: 'purchase' }, then: 'end' }, next: {} },
      ],
    }),
  }),
};
