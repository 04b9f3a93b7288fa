import fc from 'fast-check';
import { createTranslator } from 'use-intl/core';
import { expect, it } from 'vitest';
import en from '#components/words/en/canvas.json' with { type: 'json' };
import { Journey } from '#domain/journeys/definition.ts';
import { drawPicture, squeezed, wrapText } from './draw-picture.ts';
import { NO_NAMES, type Speech } from './speech.ts';

const translate = createTranslator<Record<string, unknown>>({ locale: 'en', messages: en, timeZone: 'UTC' });
const speech: Speech = { locale: 'en', names: NO_NAMES, words: (key, values) => translate(key as never, values as never) };
const journey = Journey.parse({
  formatVersion: 1, key: 'k', name: 'Thanks & more', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'ask' },
  nodes: [
    { id: 'ask', kind: 'condition', settings: { condition: { field: 'figures.purchases', is: 'atLeast', value: 1 } }, next: { yes: 'one' }, position: { x: 0, y: 900 } },
    { id: 'one', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'hours' } }, next: {}, position: { x: 0, y: 2_000 } },
  ],
});

it('wraps the text of a picture and cuts what is too long', () => {
  expect(wrapText('Send the e-mail to everyone who bought', 100, 14, 2)).toEqual(['Send the', 'e-mail to…']);
});

it('names the journey and every way out of a step, those too that lead nowhere, and is no higher than it must be', () => {
  const { svg, height } = drawPicture(journey, speech, (name) => name);
  expect(svg).toContain('>Thanks &amp; more</tspan>');
  expect([svg.includes('>yes</text>'), svg.includes('>otherwise</text>')]).toEqual([true, true]);
  expect(height).toBeLessThan(700);
  expect(drawPicture(journey, speech, (name) => name, { one: 'added' }).svg).not.toContain('&amp; more</tspan>');
});

it('leaves cards in their order and apart when it takes out empty bands', () => {
  const boxes = fc.array(fc.record({ y: fc.integer({ min: -2_000, max: 9_000 }), height: fc.integer({ min: 20, max: 200 }) }), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(boxes, (standing) => {
    const down = squeezed(standing);
    for (const one of standing) {
      for (const other of standing) {
        if (other.y < one.y + one.height) continue;
        expect(down(other.y)).toBeGreaterThanOrEqual(down(one.y) + one.height);
        expect(down(other.y) - down(one.y)).toBeLessThanOrEqual(other.y - one.y);
      }
    }
  }));
});
