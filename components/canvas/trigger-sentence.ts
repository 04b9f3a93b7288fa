/** What takes people into a journey, in a sentence: «Each year, 7 days before a child’s birthday, at 09:00, customer’s time». */
import type { DateSource, Recurrence, Trigger } from '#domain/journeys/trigger.ts';
import { matcherSentence } from './condition-sentence.ts';
import { durationText, listText, nameOf, quoted, type Speech } from './speech.ts';

/** «a child’s birthday», «the end of a contract»: the day that a source names, each year or once. */
export function dateName(of: DateSource, repeats: 'once' | 'yearly', speech: Speech): string {
  const { words } = speech;
  if (of.whose === 'relative') return words(`trigger.relative.${repeats}.${of.relation ?? 'any'}`);
  if (of.whose === 'contract') return words(`trigger.contract.${repeats}.${of.date}`, { kind: of.contractKind ? quoted(speech, of.contractKind) : 'none' });
  const [root, ...rest] = of.field.split('.');
  if (root === 'consents') return words(`trigger.customer.${repeats}.consents`, { consent: words(`trigger.consent.${rest[0] ?? 'marketing'}`), channel: words(`form.channels.${rest[1] ?? 'email'}`) });
  return words(`trigger.customer.${repeats}.${root}`, { name: quoted(speech, rest.join('.')) });
}

function monthDays(days: readonly number[], { words, locale }: Speech): string {
  return listText(locale, days.map((day) => (day === -1 ? words('trigger.lastDay') : day < 0 ? words('trigger.fromLast', { day: -day }) : words('trigger.dayOfMonth', { day }))), 'conjunction');
}

function recurrenceText(every: Recurrence, speech: Speech): string {
  const { words, locale } = speech;
  const each = words(`trigger.every.${every.freq}`, { count: every.interval });
  switch (every.freq) {
    case 'weekly': return every.weekdays ? words('trigger.onDays', { each, days: listText(locale, every.weekdays.map((day) => words(`weekday.${day}`)), 'conjunction') }) : each;
    case 'monthly': return every.monthDays ? words('trigger.onDays', { each, days: monthDays(every.monthDays, speech) }) : each;
    case 'yearly': return every.days ? words('trigger.onDays', { each, days: listText(locale, every.days.map((one) => dayOfYear(one, speech)), 'conjunction') }) : each;
  }
}

function dayOfYear({ month, day }: { month: number; day: number }, speech: Speech): string {
  const name = new Intl.DateTimeFormat(speech.locale, { timeZone: 'UTC', month: 'long' }).format(new Date(Date.UTC(2024, month - 1, 15)));
  return day > 0 ? speech.words('trigger.dayAndMonth', { day, month: name }) : speech.words('trigger.ofMonth', { day: monthDays([day], speech), month: name });
}

const MOST_NAMED_STORES = 3;

function eventSentence({ event, stores }: Extract<Trigger, { kind: 'event' }>, speech: Speech): string {
  const { words, locale, names } = speech;
  const values = { event: matcherSentence(speech, event) };
  if (!stores) return words('entry.when', values);
  return stores.length > MOST_NAMED_STORES ? words('entry.whenIn', { ...values, count: stores.length }) : words('entry.whenAt', { ...values, stores: listText(locale, stores.map((key) => nameOf(names.stores, key)), 'disjunction') });
}

export function triggerSentence(trigger: Trigger, speech: Speech): string {
  const { words } = speech;
  switch (trigger.kind) {
    case 'event': return eventSentence(trigger, speech);
    case 'business': return words('entry.announced', { event: matcherSentence(speech, trigger.event) });
    case 'date': {
      const { of, repeats, offset, timeOfDay } = trigger;
      const what = dateName(of, repeats, speech);
      return offset
        ? words(`trigger.date.${repeats}.${offset.direction}`, { what, offset: durationText(speech, { amount: offset.amount, unit: offset.unit }), time: timeOfDay })
        : words(`trigger.date.${repeats}.on`, { what, time: timeOfDay });
    }
    case 'recurring': return words('trigger.recurring', { every: recurrenceText(trigger.every, speech), anchor: dateName({ whose: 'customer', field: trigger.anchor }, 'once', speech), time: trigger.timeOfDay });
  }
}
