/** Says thank you each year for a contract. */
import { Journey } from '#domain/journeys/definition.ts';
import { bothMails, EACH_OCCURRENCE, type ReadyJourney } from './ready-journey.ts';

const NUMBER = { en: '{{ event.properties.reference | default: "with us" }}', fr: '{{ event.properties.reference | default: "chez nous" }}' };

export const contractAnniversary: ReadyJourney = {
  key: 'contract-anniversary',
  name: { en: 'Anniversary of a contract', fr: 'Anniversaire d’un contrat' },
  about: {
    en: 'Each year on the day on which a contract began, an e-mail says thank you and invites to look at it together. Contracts that have ended are left out.',
    fr: 'Chaque année, le jour où un contrat a commencé, un e-mail remercie et invite à en faire le point. Les contrats terminés sont laissés de côté.',
  },
  listens: [],
  build: (language, website) => ({
    offers: [],
    templates: [bothMails('ready-contract-anniversary', { en: 'Anniversary of a contract', fr: 'Anniversaire d’un contrat' }[language], {
      en: { subject: 'One more year together', title: 'One more year together', paragraphs: [`Your contract ${NUMBER.en} has its anniversary today. Thank you for your trust.`, 'Does it still suit you? We will gladly look at it with you.'], button: { text: 'Look at my contract', url: website } },
      fr: { subject: 'Une année de plus ensemble', title: 'Une année de plus ensemble', paragraphs: [`Votre contrat ${NUMBER.fr} fête aujourd’hui son anniversaire. Merci de votre confiance.`, 'Vous convient-il toujours ? Nous en ferons volontiers le point avec vous.'], button: { text: 'Voir mon contrat', url: website } },
    })],
    journey: Journey.parse({
      formatVersion: 1, key: 'contract-anniversary', name: contractAnniversary.name[language],
      entry: { trigger: { kind: 'date', of: { whose: 'contract', date: 'startsOn' }, repeats: 'yearly', timeOfDay: '10:00' }, reentry: EACH_OCCURRENCE, next: 'mail' },
      nodes: [{ id: 'mail', kind: 'sendEmail', settings: { templateKey: 'ready-contract-anniversary', category: 'information', expiresAfter: { amount: 3, unit: 'calendarDays' } }, next: {} }],
    }),
  }),
};
