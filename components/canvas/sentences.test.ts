import { createTranslator } from 'use-intl/core';
import { expect, it } from 'vitest';
import en from '#components/words/en/canvas.json' with { type: 'json' };
import fr from '#components/words/fr/canvas.json' with { type: 'json' };
import { Journey, JourneyNode } from '#domain/journeys/definition.ts';
import { NODE_KIND_NAMES, nodeKind, type NodeKind } from '#domain/journeys/node-kinds.ts';
import { describeEntry, describeNode, editName, portName } from './sentences.ts';
import { KNOWN_FIELDS } from '#domain/audiences/fields.ts';
import { conditionSentence, fieldName } from './condition-sentence.ts';
import { NAMED_EVENTS, NO_NAMES, eventName, type Speech } from './speech.ts';

const names = { ...NO_NAMES, templates: { hello: 'Welcome' }, offers: { cake: 'Free cake' }, programmes: { points: 'Club' }, categories: { promotion: 'Promotion' } };
const speaks = (locale: 'en' | 'fr'): Speech => {
  const translate = createTranslator<Record<string, unknown>>({ locale, messages: locale === 'en' ? en : fr, timeZone: 'UTC', onError: (error) => { throw error; } });
  return { locale, names, words: (key, values) => translate(key as never, values as never) };
};
const english = speaks('en');
const french = speaks('fr');
const plain = (text: string): string => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');

const make = (kind: NodeKind, settings: unknown = nodeKind(kind).defaults()): JourneyNode => JourneyNode.parse({ id: 'n1', kind, settings, next: {} });

const SAID: [NodeKind, unknown, string, string][] = [
  ['wait', { mode: 'untilTimeOfDay', timeOfDay: '09:00', weekdays: [2] }, 'Wait until Tuesday 09:00, customer’s time', 'Attendre jusqu’à mardi 09:00, heure du client'],
  ['wait', { mode: 'duration', duration: { amount: 3, unit: 'calendarDays' } }, 'Wait 3 days', 'Attendre 3 jours'],
  ['waitForEvent', undefined, 'Wait for a purchase, at most 7 days', 'Attendre un achat, 7 jours au plus'],
  ['condition', undefined, 'If number of purchases is at least 1', 'Si le nombre d’achats est d’au moins 1'],
  ['randomSplit', undefined, 'Split at random: a 50%, b 50%', 'Répartir au hasard : a 50 %, b 50 %'],
  ['pressureCheck', undefined, 'Ask whether one more Promotion e-mail is allowed', 'Demander si un e-mail de plus (Promotion) est permis'],
  ['sendEmail', { templateKey: 'hello', category: 'promotion' }, 'Send the e-mail “Welcome”', 'Envoyer l’e-mail « Welcome »'],
  ['sendSms', { templateKey: 'hello', category: 'promotion', whenCapped: { kind: 'hold', expiresAfterSeconds: 172_800 } }, 'Send the SMS “Welcome”', 'Envoyer le SMS « Welcome »'],
  ['sendWhatsapp', { templateKey: 'hello', category: 'promotion' }, 'Send the WhatsApp message “Welcome”', 'Envoyer le message WhatsApp « Welcome »'],
  ['sendLetter', { templateKey: 'hello', category: 'promotion' }, 'Send the letter “Welcome”', 'Envoyer le courrier « Welcome »'],
  ['sendPush', { templateKey: 'hello', category: 'promotion' }, 'Send the notification “Welcome”', 'Envoyer la notification « Welcome »'],
  ['sendCall', { templateKey: 'hello', category: 'promotion' }, 'Call with “Welcome”', 'Appeler avec « Welcome »'],
  ['givePoints', undefined, 'Give 50 points, available at once', 'Donner 50 points disponibles aussitôt'],
  ['grantOffer', { offerKey: 'cake' }, 'Give the offer “Free cake”', 'Donner l’offre « Free cake »'],
  ['setAttribute', undefined, 'Set “stage” to “welcomed”', 'Mettre « stage » à « welcomed »'],
  ['changeTag', { tag: 'vip', does: 'remove' }, 'Take the tag “vip” off', 'Retirer l’étiquette « vip »'],
  ['emitEvent', { type: 'vip.invited', properties: {} }, 'Make the event “vip.invited”', 'Créer l’événement « vip.invited »'],
  ['createTask', { title: 'Ring up', assignedTo: 'store' }, 'Task “Ring up”', 'Tâche « Ring up »'],
  ['httpRequest', { method: 'POST', address: 'https://erp.example.com/x' }, 'Ask erp.example.com (POST)', 'Interroger erp.example.com (POST)'],
  ['joinJourney', { journeyKey: 'winter' }, 'Take into the journey “winter”', 'Faire entrer dans le scénario « winter »'],
  ['wait', { mode: 'untilWindow', from: '10:00', to: '19:00' }, 'Wait until it is between 10:00 and 19:00, customer’s time', 'Attendre entre 10:00 et 19:00, heure du client'],
  ['wait', { mode: 'untilDate', date: 'customer.birthDate', timeOfDay: '09:00', yearly: true, whenPast: 'continue', offset: { amount: -7, unit: 'calendarDays' } }, 'Wait until 7 days before the customer’s birthday, 09:00, customer’s time', 'Attendre 7 jours avant l’anniversaire du client, 09:00, heure du client'],
  ['wait', { mode: 'untilBestHour', otherwise: '18:00' }, 'Wait until the customer’s best hour', 'Attendre la meilleure heure du client'],
  ['waitForEvent', { event: { type: 'purchase' }, others: [{ key: 'b', event: { type: 'return' } }], timeout: null }, 'Wait for a purchase or a return, without an end', 'Attendre un achat ou un retour, sans fin'],
  ['goal', undefined, 'Goal: a purchase', 'Objectif : un achat'],
  ['exit', undefined, 'The journey ends here', 'Le scénario se termine ici'],
];

it('§1.6 says a cap on entries and the consent that an entry asks for, in both languages', () => {
  const entry = { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, cap: { maximum: 500, per: 'day' }, consent: { purpose: 'marketing', channel: 'sms' }, next: null };
  const journey = Journey.parse({ formatVersion: 1, key: 'k', name: 'N', entry, nodes: [] });
  expect(describeEntry(journey, english)).toMatchObject({ detail: 'Every customer, only with consent to offers by SMS', reentry: 'Once per customer, ever; at most 500 customers a day' });
  expect(plain(describeEntry(journey, french).detail)).toBe('Tous les clients, seulement avec le consentement aux offres par SMS');
  expect(plain(describeEntry(journey, french).reentry)).toBe('Une seule fois par client ; 500 clients au plus par jour');
});

it.each(SAID)('says what a %s does, in both languages', (kind, settings, inEnglish, inFrench) => {
  expect(plain(describeNode(make(kind, settings), english).sentence)).toBe(inEnglish);
  expect(plain(describeNode(make(kind, settings), french).sentence)).toBe(inFrench);
});

it('says a sentence, a detail and every way out of every kind, with the settings it begins with', () => {
  expect(new Set(SAID.map(([kind]) => kind))).toEqual(new Set(NODE_KIND_NAMES));
  for (const speech of [english, french]) {
    for (const kind of NODE_KIND_NAMES) {
      const node = make(kind);
      expect(Object.values(describeNode(node, speech)).every((line) => line.length > 0)).toBe(true);
      for (const port of [...nodeKind(kind).ports(node.settings), 'error']) expect(portName(node, port, speech)).not.toBe('');
      expect(editName({ code: 'deleteNodes', nodeKind: kind, count: 1 }, speech)).not.toContain('{');
    }
    for (const type of [...NAMED_EVENTS, 'cart.abandoned']) expect(eventName(speech, type)).not.toBe('');
  }
});

it('names an edit of any kind with its article (INTERFACE: Ctrl-Z undoes with its name)', () => {
  expect(editName({ code: 'deleteNodes', nodeKind: 'sendSms', count: 1 }, french)).toBe('supprimer un SMS');
  expect(editName({ code: 'addNode', nodeKind: 'wait' }, french)).toBe('ajouter une attente');
  expect(editName({ code: 'changeSettings', nodeKind: 'condition' }, english)).toBe('change a condition');
});

it('reads a condition as a sentence', () => {
  const condition = {
    all: [
      { field: 'customer.country', is: 'in' as const, value: ['FR', 'BE'] },
      { any: [{ field: 'figures.spendMinor', is: 'atLeast' as const, value: 12_350 }, { event: 'purchase', count: { atLeast: 2 }, withinDays: 90 }] },
      { not: { field: 'consent.sms', is: 'equals' as const, value: true } },
    ],
  };
  expect(plain(conditionSentence(english, condition))).toBe('country is one of “FR” or “BE”, (amount spent is at least €123.50 or a purchase happened at least 2 times in the last 90 days), and not (consent by SMS is yes)');
  expect(plain(conditionSentence(french, condition))).toBe('le pays est parmi « FR » ou « BE », (le montant dépensé est d’au moins 123,50 € ou un achat est survenu au moins 2 fois dans les 90 derniers jours) et non (le consentement par SMS est oui)');
});

it('says the entry with its audience, re-entry, exits and goal', () => {
  const journey = Journey.parse({
    formatVersion: 1, key: 'welcome', name: 'Welcome', exits: [{ on: 'event', event: { type: 'return' } }], nodes: [make('goal')],
    entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'afterExit', minimumGap: { amount: 30, unit: 'calendarDays' }, gapFrom: 'end' }, next: null },
  });
  expect(Object.values(describeEntry(journey, english))).toEqual(['When a purchase happens', 'Every customer', 'Again 30 days after they left', 'Leaves on a return', 'Goal: a purchase']);
  expect(Object.values(describeEntry(journey, french)).map(plain)).toEqual(['Quand survient un achat', 'Tous les clients', 'De nouveau 30 jours après la sortie', 'Sortie sur un retour', 'Objectif : un achat']);
});

it('names every field that a condition may read, and reads one that is none as it is written', () => {
  for (const speech of [english, french]) for (const { field } of KNOWN_FIELDS) expect(fieldName(speech, field)).not.toContain(field);
  expect(plain(fieldName(english, 'event.amountMinor'))).toContain('“event.amountMinor”');
});
