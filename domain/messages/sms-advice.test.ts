import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inPlainSigns, lacksStop, plainSignOf, STOP_MENTION_RULES } from '#domain/messages/sms-advice.ts';
import { countSmsSegments } from '#domain/messages/sms-segments.ts';

it('names the nearest sign of the GSM alphabet, and none where there is none', () => {
  expect([...'ê’…œ😀'].map(plainSignOf)).toEqual(['e', "'", '...', 'oe', null]);
});

it('brings a text back into the GSM alphabet without touching its variables', () => {
  const plain = inPlainSigns('Fête à l’œil {{ customer.firstName | default: "à vous ê" }}…');
  expect(plain).toBe('Fete à l\'oeil {{ customer.firstName | default: "à vous ê" }}...');
  expect(countSmsSegments(inPlainSigns('Fête à l’œil…')).encoding).toBe('gsm7');
});

it('never needs more parts once its signs are plain, when nothing is spelt out', () => {
  fc.assert(fc.property(fc.string({ maxLength: 400 }).filter((text) => !/[{…œŒ]/.test(text)), (text) => {
    expect(countSmsSegments(inPlainSigns(text)).segments).toBeLessThanOrEqual(countSmsSegments(text).segments);
  }));
});

it.each([
  ['FR', '10 % demain', true], ['RE', '10 % demain STOP au 36111', false], ['FR', '10 % demain {{ links.preferences }}', true],
  ['DE', '10 % morgen', true], ['DE', '10 % morgen {{ links.preferences }}', false], ['GB', '10% tomorrow. Reply STOP to end', false], ['CA', '10% tomorrow', true],
  ['JP', '10% tomorrow', false],
])('knows what an advertisement has to say in %s: %j', (country, text, lacks) => {
  expect(lacksStop(text, country)).toBe(lacks);
});

it('names each country in one rule, each rule with its source', () => {
  const named = STOP_MENTION_RULES.flatMap(({ countries }) => countries);
  expect(new Set(named).size).toBe(named.length);
  expect(STOP_MENTION_RULES.every(({ source }) => source.url.startsWith('https://') && source.title.length > 20)).toBe(true);
});
