import { expect, it } from 'vitest';
import { priceText, productSkusIn, showProducts } from './show-products.ts';

const EURO = { currency: 'EUR', currencyExponent: 2 };
const plain = (text: string): string => text.replace(/\s/g, ' ');

it('finds the articles that the texts of a template name, in all of its languages', () => {
  expect(productSkusIn({ channel: 'email', variants: { fr: { subject: '{{ products["hat"].name }}', html: '{% assign p = products["coat 104"] %}{% assign p = products["hat"] %}', text: '' }, en: { subject: '', html: '{% if products["a/b.c"] %}', text: '' } } })).toEqual(['a/b.c', 'coat 104', 'hat']);
  expect(productSkusIn({ channel: 'sms', variants: { fr: { text: 'Dès {{ products["hat"].price }}' } } })).toEqual(['hat']);
  expect(productSkusIn({ channel: 'sms', variants: { fr: { text: 'products[hat]' } } })).toEqual([]);
});

it('§7.7 says a product in the reader’s language, else in the workspace’s, and its price as the reader writes it', () => {
  const coat = { sku: 'coat', name: { fr: 'Manteau', en: 'Coat' }, priceMinor: 123_456, picture: null, url: null };
  expect(plain(showProducts([coat], 'fr-CA', 'en', EURO)['coat']?.price ?? '')).toBe('1 234,56 €');
  expect(showProducts([coat], 'fr-CA', 'en', EURO)['coat']?.name).toBe('Manteau');
  expect(showProducts([coat], 'de', 'en', EURO)['coat']?.name).toBe('Coat');
  expect(priceText(1_000, 'en', { currency: 'JPY', currencyExponent: 0 })).toBe('¥1,000');
});
