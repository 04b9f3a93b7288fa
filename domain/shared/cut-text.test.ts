import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutText } from './cut-text.ts';

it('cuts no character in two, and keeps all that fits', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme-composite', maxLength: 20 }), fc.integer({ min: 0, max: 30 }), (text, longest) => {
    const cut = cutText(text, longest);
    expect(text.startsWith(cut)).toBe(true);
    expect(cut.length).toBeGreaterThanOrEqual(Math.min(text.length, longest) - 1);
    expect(cut.length).toBeLessThanOrEqual(longest);
    expect(() => encodeURIComponent(cut)).not.toThrow();
  }));
});
