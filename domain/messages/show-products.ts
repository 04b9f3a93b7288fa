/** Products of the catalogue in a message: which ones a text names, and what it may say of each at hand-over (§13.2). */
import { chooseText } from '#domain/shared/choose-text.ts';
import type { TextVariants } from '#domain/shared/text-variants.ts';
import type { CompiledTemplate } from '#domain/messages/template.ts';

/** One that can be bought now. */
export type CatalogueProduct = { sku: string; name: TextVariants; priceMinor: number; picture: string | null; url: string | null };
/** What Liquid knows of it as `products["sku"]`. */
export type ProductShown = { sku: string; name: string; price: string; picture: string | null; url: string | null };

/** What an article number may hold to be named in a text: no sign that would end its name there. */
export const NAMED_SKU = /^[^"{}%<>&]{1,100}$/;
const NAMED = /products\["([^"{}%<>&]{1,100})"\]/g;

/** The article numbers that the texts of a template name, each once, sorted. */
export function productSkusIn(compiled: CompiledTemplate): string[] {
  const texts = Object.values(compiled.variants).flatMap((variant) => Object.values(variant)).filter((text) => typeof text === 'string');
  return [...new Set(texts.flatMap((text) => [...text.matchAll(NAMED)].map(([, sku = '']) => sku)))].sort();
}

export type Money = { currency: string; currencyExponent: number };

/** A price as the reader writes it; a language that nobody knows is written as English. */
export function priceText(priceMinor: number, language: string, { currency, currencyExponent }: Money): string {
  const options = { style: 'currency', currency, minimumFractionDigits: currencyExponent, maximumFractionDigits: currencyExponent } as const;
  const amount = priceMinor / 10 ** currencyExponent;
  return (Intl.NumberFormat.supportedLocalesOf(language).length > 0 ? new Intl.NumberFormat(language, options) : new Intl.NumberFormat('en', options)).format(amount);
}

/** What a text in this language says of each, by article number. One that is not here can not be bought now, and is left out. */
export function showProducts(products: readonly CatalogueProduct[], language: string, workspaceLanguage: string, money: Money): Record<string, ProductShown> {
  return Object.fromEntries(products.map(({ sku, name, priceMinor, picture, url }) => [sku, { sku, name: chooseText(name, language, workspaceLanguage).text || sku, price: priceText(priceMinor, language, money), picture, url }]));
}
