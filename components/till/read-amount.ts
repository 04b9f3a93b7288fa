/** Amounts as they are typed at a counter, and what a scanner types into the wrong field. */

/** Minor units of what was typed: «62,5», «62.50», «1 234,50»; null when it is no amount. `exponent` is the currency's number of decimals. */
export function readAmountMinor(text: string, exponent: number): number | null {
  const plain = text.replace(/[\s\u00a0\u202f€$£]/g, '').replace(',', '.');
  const parts = /^(\d{1,7})(?:\.(\d*))?$/.exec(plain);
  const [, whole, decimals = ''] = parts ?? [];
  if (whole === undefined || decimals.length > exponent) return null;
  return Number(whole) * 10 ** exponent + Number(decimals.padEnd(exponent, '0') || 0);
}

/** Minor units as a field shows them, with the decimal mark of the language. */
export const writeAmount = (amountMinor: number, exponent: number, language: string): string =>
  (amountMinor / 10 ** exponent).toLocaleString(language, { minimumFractionDigits: exponent, maximumFractionDigits: exponent, useGrouping: false });

/** Whether a text in the amount's field came from a scanner: a card, a phone number, an address or a voucher code is longer than any amount. */
export const isScan = (text: string): boolean => /@|[a-z]/i.test(text) || /^\+?[\d\s-]{8,}$/.test(text.trim());
