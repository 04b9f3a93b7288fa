/**
 * A guide of docs/guides that a test follows, word by word: whatever the guide names in italics has to be taken up in its order, and all of it. The test
 * writes the words in English; the guide, and the screen, may be in French.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Language } from '#components/words/languages.ts';
import { readGuide, wordsFor, wordsNamed } from '#tests/harness/guide-words.ts';

type Where = Page | Locator;

export type Guide = {
  language: Language;
  /** The next word that the guide names, as it stands on the screen: the test fails when the guide names another one here. */
  said: (word: string) => string;
  /** Words that the guide names in passing, without telling to press them. */
  told: (...words: string[]) => void;
  /** The same, and they are to be seen there. */
  seen: (within: Where, ...words: string[]) => Promise<void>;
  press: (within: Where, word: string) => Promise<void>;
  choose: (page: Page, word: string) => Promise<void>;
  field: (within: Where, word: string) => Locator;
  /** Through the rail, place by place; nothing is pressed for a part of it that is open already. */
  go: (page: Page, ...places: string[]) => Promise<void>;
  /** A word of the screen that the guide leaves to the reader's eyes. */
  on: (word: string) => RegExp;
  /** Nothing of the guide is left. */
  end: () => void;
};

const escape = (text: string): string => text.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&');

export function openGuide(name: string, usual: Language): Guide {
  const language = process.env['E2E_GUIDES'] === 'other' ? ({ en: 'fr', fr: 'en' } as const)[usual] : usual;
  const named = wordsNamed(readGuide(name, language));
  let read = 0;
  const said = (word: string): string => {
    const next = named[read] ?? '';
    expect(wordsFor(word, language), `after ${named.slice(Math.max(0, read - 3), read).join(', ')} the guide names «${next}»`).toContain(next);
    read += 1;
    return next;
  };
  const on = (word: string): RegExp => {
    const words = wordsFor(word, language);
    expect(words, `the words files have «${word}»`).not.toEqual([]);
    return new RegExp(`^(${words.map((each) => escape(each).replaceAll(' ', '\\s')).join('|')})(\\s\\*)?$`);
  };
  // What is needed has an asterisk behind its label.
  const field = (within: Where, word: string): Locator => within.getByLabel(new RegExp(`^${escape(said(word)).replaceAll(' ', '\\s')}(\\s\\*)?$`)).first();
  return {
    language,
    said,
    on,
    field,
    told: (...words) => { for (const word of words) said(word); },
    async seen(within, ...words) {
      for (const word of words.map(said)) await expect(within.getByText(word, { exact: true }).or(within.getByRole('button', { name: word, exact: true })).or(within.getByLabel(word, { exact: true })).filter({ visible: true }).first(), word).toBeVisible();
    },
    press: (within, word) => within.getByRole('button', { name: said(word), exact: true }).first().click(),
    choose: (page, word) => page.getByRole('menuitem', { name: said(word), exact: true }).first().click(),
    async go(page, ...places) {
      for (const place of places) await page.getByRole('navigation').first().getByRole('link', { name: said(place), exact: true }).first().click();
    },
    end: () => expect(named.slice(read), 'of the guide nothing is left to follow').toEqual([]),
  };
}
