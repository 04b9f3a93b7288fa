/** What a till's one field holds: a card, a phone number or an e-mail address, told apart by its form. */
import { normaliseIdentifier, type Identifier } from '#domain/customers/identifiers.ts';

/** Only digits and the marks that people write between them. */
const LIKE_A_NUMBER = /^\+?[\d\s().\-/]+$/;

/**
 * The identifiers that a text may be, in their normal forms, the likeliest first: an address with @ is an e-mail; digits that make a phone number
 * are one, or else a card; anything else is a card. Empty when it can be none. National numbers are read in `country`.
 */
export function guessIdentifiers(text: string, country: string): Identifier[] {
  const trimmed = text.trim();
  const as = (kind: Identifier['kind']): Identifier[] => {
    const read = normaliseIdentifier(kind, trimmed, country);
    return read.ok ? [{ kind, value: read.value }] : [];
  };
  if (trimmed.includes('@')) return as('email');
  return LIKE_A_NUMBER.test(trimmed) ? [...as('phone'), ...as('card')] : as('card');
}
