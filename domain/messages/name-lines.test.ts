import { expect, it } from 'vitest';
import { nameLines, skusOf } from './name-lines.ts';

const cart = { type: 'cart.abandoned', occurredAt: 0, properties: { lines: [{ sku: 'coat', quantity: 2 }, { sku: 'hat', name: 'My hat', picture: 'https://own.example/hat.jpg' }, { sku: 'unknown', url: 'javascript:alert(1)', picture: 'x"y' }, 'odd'] } };
const products = { coat: { name: { fr: 'Manteau', en: 'Coat' }, picture: `/i/${'a'.repeat(40)}.jpg`, url: 'https://shop.example/coat' }, hat: { name: { fr: 'Bonnet' }, picture: null, url: 'https://shop.example/hat' } };

it('§13.2 says of the lines of a cart what the catalogue knows, and leaves what the cart says itself', () => {
  expect(skusOf([cart, null, undefined])).toEqual(['coat', 'hat', 'unknown']);
  expect(nameLines(cart, products, 'en-GB', 'fr')?.properties['lines']).toEqual([
    { sku: 'coat', quantity: 2, name: 'Coat', picture: `/i/${'a'.repeat(40)}.jpg`, url: 'https://shop.example/coat' },
    { sku: 'hat', name: 'My hat', picture: 'https://own.example/hat.jpg', url: 'https://shop.example/hat' }, { sku: 'unknown' }, 'odd',
  ]);
  expect(nameLines(null, products, 'fr', 'fr')).toBeNull();
});
