/** Thinks of the birthday of each child, a week before. */
import { Journey } from '#domain/journeys/definition.ts';
import { bothMails, EACH_OCCURRENCE, type ReadyJourney } from './ready-journey.ts';

const CHILD = { en: '{{ event.properties.firstName | default: "your child" }}', fr: '{{ event.properties.firstName | default: "votre enfant" }}' };

export const childBirthday: ReadyJourney = {
  key: 'child-birthday',
  name: { en: 'Birthday of a child', fr: 'Anniversaire d’un enfant' },
  about: {
    en: 'A week before each child’s birthday, an e-mail names the child and proposes presents. The dates come from the relatives on the customer’s card.',
    fr: 'Une semaine avant l’anniversaire de chaque enfant, un e-mail nomme l’enfant et propose des cadeaux. Les dates viennent des proches notés sur la fiche du client.',
  },
  listens: [],
  build: (language, website) => ({
    offers: [],
    templates: [bothMails('ready-child-birthday', { en: 'Birthday of a child', fr: 'Anniversaire d’un enfant' }[language], {
      en: { subject: `A birthday is coming: ${CHILD.en}`, title: 'A birthday is coming', paragraphs: [`In a week it is the birthday of ${CHILD.en}. There is still time to find a present.`], button: { text: 'See ideas for presents', url: website } },
      fr: { subject: `Bientôt un anniversaire : ${CHILD.fr}`, title: 'Bientôt un anniversaire', paragraphs: [`Dans une semaine, on fêtera ${CHILD.fr}. Il est encore temps de trouver un cadeau.`], button: { text: 'Voir des idées de cadeaux', url: website } },
    })],
    journey: Journey.parse({
      formatVersion: 1, key: 'child-birthday', name: childBirthday.name[language],
      entry: {
        trigger: { kind: 'date', of: { whose: 'relative', relation: 'child', date: 'birthDate' }, repeats: 'yearly', offset: { amount: 7, unit: 'calendarDays', direction: 'before' }, timeOfDay: '10:00' },
        reentry: EACH_OCCURRENCE, next: 'mail',
      },
      nodes: [{ id: 'mail', kind: 'sendEmail', settings: { templateKey: 'ready-child-birthday', category: 'promotion', expiresAfter: { amount: 2, unit: 'calendarDays' } }, next: {} }],
    }),
  }),
};
