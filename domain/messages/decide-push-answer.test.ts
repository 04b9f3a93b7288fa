import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decidePushAnswer, type PushAnswerKind } from '#domain/messages/decide-push-answer.ts';
import { SIMULATED_BROWSERS, simulateBrowsers } from '#domain/messages/simulated-vendor.ts';

const kinds: PushAnswerKind[] = ['taken', 'ambiguous', 'later', 'unavailable', 'refused', 'gone'];

it('§7.1 a notification that one browser took is sent, and one that any may have taken is never sure to be not', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...kinds)), (told) => {
    const decided = decidePushAnswer(told);
    expect(decided === 'taken').toBe(told.includes('taken'));
    if (told.includes('ambiguous')) expect(['taken', 'ambiguous']).toContain(decided);
    expect(decided === 'gone').toBe(told.every((kind) => kind === 'gone'));
    expect(decidePushAnswer([...told].reverse())).toBe(decided);
  }));
});

it('the simulator forgets the browsers that are gone, and no other', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...SIMULATED_BROWSERS)), (modes) => {
    const browsers = modes.map((mode, index) => `${mode}-${index}`);
    const { outcome, gone } = simulateBrowsers(browsers);
    expect(gone).toEqual(browsers.filter((browser) => browser.startsWith('gone')));
    if (modes.includes('kept')) expect(outcome.answer.kind).toBe('accepted');
    if (modes.every((mode) => mode === 'gone')) expect(outcome.answer).toMatchObject({ kind: 'refused', code: 'gone' });
  }));
});
