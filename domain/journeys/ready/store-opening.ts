/** Invites to the opening of a store. */
import { Journey } from '#domain/journeys/definition.ts';
import { bothMails, type ReadyJourney } from './ready-journey.ts';

const STORE = { en: '{{ event.properties.name | default: "our new store" }}', fr: '{{ event.properties.name | default: "notre nouveau point de vente" }}' };

export const storeOpening: ReadyJourney = {
  key: 'store-opening',
  name: { en: 'Opening of a store', fr: 'Ouverture d’un point de vente' },
  about: {
    en: 'At nine on the first day of a store, an e-mail invites to its opening. It begins by itself with the opening date of the store; narrow its audience to the town.',
    fr: 'À neuf heures le premier jour d’un point de vente, un e-mail invite à son ouverture. Il commence de lui-même avec la date d’ouverture du point de vente ; limitez son public à la ville.',
  },
  listens: ['store.opened'],
  build: (language, website) => ({
    offers: [],
    templates: [bothMails('ready-store-opening', { en: 'Opening of a store', fr: 'Ouverture d’un point de vente' }[language], {
      en: { subject: `${STORE.en} opens today`, title: 'We open today', paragraphs: [`${STORE.en} opens its doors today. Come and say hello.`], button: { text: 'Find the way', url: website } },
      fr: { subject: `${STORE.fr} ouvre aujourd’hui`, title: 'Nous ouvrons aujourd’hui', paragraphs: [`${STORE.fr} ouvre ses portes aujourd’hui. Venez nous dire bonjour.`], button: { text: 'Trouver le chemin', url: website } },
    })],
    journey: Journey.parse({
      formatVersion: 1, key: 'store-opening', name: storeOpening.name[language],
      entry: { trigger: { kind: 'business', event: { type: 'store.opened' } }, reentry: { mode: 'afterExit', gapFrom: 'end' }, next: 'mail' },
      nodes: [{ id: 'mail', kind: 'sendEmail', settings: { templateKey: 'ready-store-opening', category: 'promotion', whenCapped: { kind: 'skip' }, expiresAfter: { amount: 2, unit: 'calendarDays' } }, next: {} }],
    }),
  }),
};
