import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inPlainSigns, lacksStop, plainSignOf } from '#domain/messages/sms-advice.ts';
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

it('asks for STOP in France, overseas included, and nowhere else', () => {
  expect(lacksStop('10 % demain', 'FR')).toBe(true);
  expect(lacksStop('10 % demain STOP au 36111', 'RE')).toBe(false);
  expect(lacksStop('10% tomorrow', 'GB')).toBe(false);
});
