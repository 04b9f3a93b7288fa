import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkBrandKit, DEFAULT_BRAND_KIT, footerLines } from './brand-facts.ts';
import { BrandKit } from './brand-kit.ts';
import { contrastOf, READABLE, readableOn } from './contrast.ts';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

it('measures contrast as WCAG does, whichever colour comes first', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrastOf('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  fc.assert(fc.property(colour, colour, (one, other) => contrastOf(one, other) === contrastOf(other, one) && contrastOf(one, other) >= 1 && contrastOf(one, other) <= 21.01));
});

it('finds words that can be read on every ground, black or white', () => {
  fc.assert(fc.property(colour, (ground) => contrastOf(readableOn(ground, ['#ffffff', '#000000']), ground) >= READABLE));
  expect(readableOn('#ffffff', ['#6b7680', '#22303a'])).toBe('#6b7680');
  expect(readableOn('#f2d024', ['#ffffff', '#22303a'])).toBe('#22303a');
});

it('warns of links that cannot be read on paper, and of mails that say not where they come from', () => {
  expect(checkBrandKit(DEFAULT_BRAND_KIT)).toEqual([{ what: 'noAddress', figures: {} }]);
  expect(checkBrandKit({ ...DEFAULT_BRAND_KIT, address: '3 rue des Lutins', colours: { accent: '#f2d024', background: '#ffffff' } })).toEqual([{ what: 'accentOnPaper', figures: { contrast: 1.5 } }]);
});

it('§7.7 says who sends in the reader’s language, its base, or the workspace’s', () => {
  const kit = { ...DEFAULT_BRAND_KIT, legal: { fr: 'Lutin SAS', en: 'Lutin Ltd' }, address: 'Lyon' };
  expect(footerLines(kit, 'en-GB', 'fr')).toEqual(['Lutin Ltd', 'Lyon']);
  expect(footerLines(kit, 'de', 'fr')).toEqual(['Lutin SAS', 'Lyon']);
  expect(footerLines(DEFAULT_BRAND_KIT, 'fr', 'fr')).toEqual([]);
});

it('takes a logo of the library only, and each network once', () => {
  const paths = (change: object) => BrandKit.safeParse({ ...DEFAULT_BRAND_KIT, ...change }).error?.issues.map(({ path }) => path.join('.'));
  expect(paths({ logo: { path: 'https://elsewhere.example/logo.png', alt: 'x' } })).toEqual(['logo.path']);
  expect(paths({ social: [{ network: 'x', url: 'https://x.com/a' }, { network: 'x', url: 'https://x.com/b' }] })).toEqual(['social']);
  expect(paths({ social: [{ network: 'x', url: 'javascript:alert(1)' }] })).toEqual(['social.0.url']);
  expect(paths({})).toBeUndefined();
});
