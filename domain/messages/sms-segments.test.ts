import { expect, it } from 'vitest';
import { countSmsSegments } from '#domain/messages/sms-segments.ts';

it('counts 160 GSM characters in one part and 153 in each of several', () => {
  expect(countSmsSegments('a'.repeat(160))).toMatchObject({ encoding: 'gsm7', segments: 1, perSegment: 160 });
  expect(countSmsSegments('a'.repeat(161))).toMatchObject({ segments: 2, perSegment: 153 });
  expect(countSmsSegments('a'.repeat(307))).toMatchObject({ segments: 3 });
  expect(countSmsSegments('')).toMatchObject({ segments: 0, length: 0 });
});

it('counts the euro sign twice, and é once', () => {
  expect(countSmsSegments('15 €')).toMatchObject({ encoding: 'gsm7', length: 5 });
  expect(countSmsSegments('é'.repeat(160))).toMatchObject({ encoding: 'gsm7', segments: 1 });
});

it('takes 70 characters in a part when one is outside the GSM alphabet, and names it', () => {
  expect(countSmsSegments(`ê${'a'.repeat(69)}`)).toMatchObject({ encoding: 'ucs2', segments: 1, outside: ['ê'] });
  expect(countSmsSegments(`ê${'a'.repeat(70)}`)).toMatchObject({ segments: 2, perSegment: 67 });
  expect(countSmsSegments('👶')).toMatchObject({ encoding: 'ucs2', length: 2 });
});
