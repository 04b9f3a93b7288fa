import { createTranslator } from 'use-intl/core';
import { expect, it } from 'vitest';
import en from '#components/words/en/canvas.json' with { type: 'json' };
import fr from '#components/words/fr/canvas.json' with { type: 'json' };
import { Trigger } from '#domain/journeys/trigger.ts';
import { NO_NAMES, type Speech } from './speech.ts';
import { triggerSentence } from './trigger-sentence.ts';

const speaks = (locale: 'en' | 'fr'): Speech => {
  const translate = createTranslator<Record<string, unknown>>({ locale, messages: locale === 'en' ? en : fr, timeZone: 'UTC', onError: (error) => { throw error; } });
  return { locale, names: { ...NO_NAMES, stores: { lyon: 'Lyon Croix-Rousse' } }, words: (key, values) => translate(key as never, values as never) };
};
const plain = (text: string): string => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');
const date = (of: unknown, more: Record<string, unknown> = {}) => ({ kind: 'date', of, repeats: 'yearly', timeOfDay: '09:00', ...more });
const before = { offset: { amount: 7, unit: 'calendarDays', direction: 'before' } };
const recurring = (every: unknown, anchor = 'createdAt') => ({ kind: 'recurring', anchor, every, timeOfDay: '10:30' });

it.each<[unknown, string, string]>([
  [date({ whose: 'relative', relation: 'child' }, before), 'Each year, 7 days before a child’s birthday, at 09:00, customer’s time', 'Chaque année, 7 jours avant l’anniversaire d’un enfant, à 09:00, heure du client'],
  [date({ whose: 'customer', field: 'birthDate' }), 'Each year on the customer’s birthday, at 09:00, customer’s time', 'Chaque année, le jour de l’anniversaire du client, à 09:00, heure du client'],
  [date({ whose: 'relative' }, { repeats: 'once', offset: { amount: 18, unit: 'calendarMonths', direction: 'after' } }), 'Once, 18 months after a relative’s birth, at 09:00, customer’s time', 'Une fois, 18 mois après la naissance d’un proche, à 09:00, heure du client'],
  [date({ whose: 'contract', date: 'startsOn' }), 'Each year on the anniversary of a contract, at 09:00, customer’s time', 'Chaque année, le jour de l’anniversaire d’un contrat, à 09:00, heure du client'],
  [date({ whose: 'contract', contractKind: 'care', date: 'endsOn' }, { repeats: 'once', ...before }), 'Once, 7 days before the end of a “care” contract, at 09:00, customer’s time', 'Une fois, 7 jours avant la fin d’un contrat « care », à 09:00, heure du client'],
  [date({ whose: 'customer', field: 'consents.marketing.email' }, { repeats: 'once' }), 'On the day of agreeing to offers by e-mail, at 09:00, customer’s time', 'Le jour de l’accord pour les offres par e-mail, à 09:00, heure du client'],
  [date({ whose: 'customer', field: 'attributes.renewal' }, { repeats: 'once' }), 'On the date “renewal”, at 09:00, customer’s time', 'Le jour de la date « renewal », à 09:00, heure du client'],
  [recurring({ freq: 'monthly', interval: 1, monthDays: [1, 15, -1] }), 'Each month on the 1st, the 15th, and the last day, at 10:30, customer’s time, counted from the day of joining', 'Chaque mois, le 1er, le 15 et le dernier jour, à 10:30, heure du client, à compter de l’inscription'],
  [recurring({ freq: 'weekly', interval: 2, weekdays: [1, 5] }), 'Every 2 weeks on Monday and Friday, at 10:30, customer’s time, counted from the day of joining', 'Toutes les 2 semaines, lundi et vendredi, à 10:30, heure du client, à compter de l’inscription'],
  [recurring({ freq: 'yearly', interval: 1, days: [{ month: 5, day: 1 }, { month: 2, day: -1 }] }), 'Each year on 1 May and the last day of February, at 10:30, customer’s time, counted from the day of joining', 'Chaque année, le 1er mai et le dernier jour de février, à 10:30, heure du client, à compter de l’inscription'],
  [recurring({ freq: 'monthly', interval: 3 }, 'firstPurchaseAt'), 'Every 3 months, at 10:30, customer’s time, counted from the day of the first purchase', 'Tous les 3 mois, à 10:30, heure du client, à compter de la date du premier achat'],
  [{ kind: 'business', event: { type: 'store.opened' } }, 'When the brand announces the opening of a store', 'Quand l’enseigne annonce l’ouverture d’un point de vente'],
  [{ kind: 'event', event: { type: 'place.visited' } }, 'When a visit at a place happens', 'Quand survient une visite d’un lieu'],
  [{ kind: 'event', event: { type: 'place.visited', where: { field: 'event.properties.place', is: 'in', value: ['square', 'window'] } } }, 'When a visit at a place where the place is one of “square” or “window” happens', 'Quand survient une visite d’un lieu où le lieu est parmi « square » ou « window »'],
  [{ kind: 'event', event: { type: 'purchase' } }, 'When a purchase happens', 'Quand survient un achat'],
  [{ kind: 'event', event: { type: 'purchase' }, stores: ['lyon'] }, 'When a purchase happens at Lyon Croix-Rousse', 'Quand survient un achat à Lyon Croix-Rousse'],
  [{ kind: 'event', event: { type: 'purchase' }, stores: ['lyon', 'nantes'] }, 'When a purchase happens at Lyon Croix-Rousse or nantes', 'Quand survient un achat à Lyon Croix-Rousse ou nantes'],
  [{ kind: 'event', event: { type: 'purchase' }, stores: ['a', 'b', 'c', 'd'] }, 'When a purchase happens in 4 stores', 'Quand survient un achat dans 4 points de vente'],
])('§1.1 says what takes people in, in both languages: %#', (trigger, english, french) => {
  expect(plain(triggerSentence(Trigger.parse(trigger), speaks('en')))).toBe(english);
  expect(plain(triggerSentence(Trigger.parse(trigger), speaks('fr')))).toBe(french);
});

it('§1.1 has a name for every date of a relative and of a contract, each year and once', () => {
  for (const speech of [speaks('en'), speaks('fr')]) {
    for (const repeats of ['yearly', 'once']) {
      for (const relation of [undefined, 'spouse', 'child', 'parent', 'other']) expect(triggerSentence(Trigger.parse(date({ whose: 'relative', ...(relation && { relation }) }, { repeats })), speech)).not.toMatch(/[{}]|undefined/);
      for (const field of ['createdAt', 'firstPurchaseAt', 'birthDate', 'consents.transactional.sms']) expect(triggerSentence(Trigger.parse(date({ whose: 'customer', field }, { repeats })), speech)).not.toMatch(/[{}]|undefined/);
    }
  }
});
