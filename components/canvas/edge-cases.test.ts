import { createTranslator } from 'use-intl/core';
import { expect, it } from 'vitest';
import english from '#components/words/en/canvas.json' with { type: 'json' };
import englishEdges from '#components/words/en/understand.json' with { type: 'json' };
import french from '#components/words/fr/canvas.json' with { type: 'json' };
import frenchEdges from '#components/words/fr/understand.json' with { type: 'json' };
import { JourneyNode } from '#domain/journeys/definition.ts';
import { NODE_KIND_NAMES, nodeKind, type NodeKind } from '#domain/journeys/node-kinds.ts';
import { edgeCases, type Edge } from './edge-cases.ts';
import { NO_NAMES } from './speech.ts';

type Words = Record<string, unknown>;
const speaks = (locale: 'en' | 'fr', messages: Words) => {
  const translate = createTranslator<Words>({ locale, messages, timeZone: 'UTC', onError: (error) => { throw error; } });
  return (key: string, values?: Record<string, string | number>): string => translate(key as never, values as never);
};
const make = (kind: NodeKind, settings: unknown = nodeKind(kind).defaults(), next: Record<string, string> = {}): JourneyNode => JourneyNode.parse({ id: 'n1', kind, settings, next });
const said = (node: JourneyNode, locale: 'en' | 'fr' = 'en', others: JourneyNode[] = []): Partial<Record<Edge, string>> =>
  Object.fromEntries(edgeCases(node, Object.fromEntries(others.map((other) => [other.id, other])), { locale, names: NO_NAMES, words: speaks(locale, locale === 'en' ? english : french) }, speaks(locale, locale === 'en' ? englishEdges.edges : frenchEdges.edges)).map(({ edge, text }) => [edge, text]));

it('has words for the edges of every kind of step, in both languages', () => {
  for (const kind of NODE_KIND_NAMES) {
    const [here, there] = [said(make(kind)), said(make(kind), 'fr')];
    expect(Object.keys(there)).toEqual(Object.keys(here));
    for (const text of [...Object.values(here), ...Object.values(there)]) expect(text).not.toContain('{');
  }
});

it('tells what becomes of who comes late, by how the wait is set (§3)', () => {
  expect(said(make('wait', { mode: 'untilTimeOfDay', timeOfDay: '09:00' })).late).toBe('Who arrives after 09:00 waits for the next day that fits.');
  const date = { mode: 'untilDate', date: 'customer.birthDate', timeOfDay: '09:00', yearly: false };
  expect(said(make('wait', { ...date, whenPast: 'exit' })).late).toContain('leaves the journey');
  expect(said(make('wait', { ...date, whenPast: 'branch' })).late).toContain('takes the “past or unknown” way');
  expect(said(make('waitForEvent', { event: { type: 'purchase' }, timeout: null })).late).toContain('Nobody is late');
  expect(said(make('sendEmail', { templateKey: 'a', category: 'b', expiresAfter: { amount: 2, unit: 'hours' } })).late).toContain('later than 2 hours');
});

it('tells what a cap does, as it is chosen, and that consent comes before it (§5.8, §6)', () => {
  const mail = (whenCapped: unknown): Partial<Record<Edge, string>> => said(make('sendEmail', { templateKey: 'a', category: 'b', whenCapped }));
  expect(mail({ kind: 'skip' }).capped).toContain('is not written to, and goes on');
  expect(mail({ kind: 'hold', expiresAfterSeconds: 172_800 }).capped).toContain('at most 2 days');
  expect(mail({ kind: 'exit' }).capped).toContain('leaves the journey');
  expect(mail({ kind: 'skip' }).refused).toContain('without consent');
  expect(said(make('wait')).capped).toBeUndefined();
});

it('names the step that a way for errors leads to, and says that people can be tried again where there is none (§4.5)', () => {
  const points = { ...make('givePoints'), id: 'after' };
  expect(said(make('grantOffer', { offerKey: 'a' }, { error: 'after' }), 'en', [points]).failed).toBe('If it can’t be done, the person takes the way for errors: Give 50 points, available at once.');
  expect(said(make('grantOffer', { offerKey: 'a' })).failed).toContain('try them again from here');
  expect(said(make('exit'))).toEqual({});
});
