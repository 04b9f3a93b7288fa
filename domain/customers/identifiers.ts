/**
 * Identifiers are rows, unique per workspace, kind and normal form (§13.1). This file knows their kinds, how each is normalised,
 * and whom an event with several identifiers names.
 */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { fail, ok, type Result } from '#domain/shared/result.ts';

/** In the order of precedence: when identifiers name two customers, the first of these kinds wins. */
export const IDENTIFIER_KINDS = ['card', 'externalId', 'email', 'phone'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];
export type Identifier = { kind: IdentifierKind; value: string };

const invalid = (kind: IdentifierKind, message: string): Result<never> => fail({ code: 'identifier.invalid', message, path: [kind] });

/**
 * The normal form under which an identifier is stored and found. Card: capitals, without spaces. External id: trimmed, capitals told apart.
 * E-mail: trimmed, lower case, NFC. Phone: E.164; a national number is read in `country` (ISO 3166-1). A phone number is taken when its length
 * is possible: the numbering plans that the library knows leave out ranges kept for fiction, and they age; the vendor tells about the rest.
 */
export function normaliseIdentifier(kind: IdentifierKind, text: string, country: string): Result<string> {
  const trimmed = text.normalize('NFC').trim();
  switch (kind) {
    case 'card': {
      const card = trimmed.replace(/\s+/g, '').toUpperCase();
      return /^[0-9A-Z_-]{1,64}$/.test(card) ? ok(card) : invalid(kind, 'A card number has 1 to 64 letters, digits, - or _.');
    }
    case 'externalId':
      return trimmed.length >= 1 && trimmed.length <= 200 ? ok(trimmed) : invalid(kind, 'An external id has 1 to 200 characters.');
    case 'email': {
      const email = trimmed.toLowerCase();
      return email.length <= 254 && /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]+\.[^\s@,;<>".]{2,}$/.test(email) && !email.includes('..')
        ? ok(email)
        : invalid(kind, 'This is not an e-mail address.');
    }
    case 'phone': {
      const number = parsePhoneNumberFromString(trimmed, isSupportedCountry(country) ? country : undefined);
      return number?.isPossible() ? ok(number.number) : invalid(kind, `This is not a phone number, neither international nor in ${country}.`);
    }
  }
}

/** The country that an E.164 number belongs to, or null when its prefix is shared or unknown. */
export const phoneCountry = (phone: string): string | null => parsePhoneNumberFromString(phone)?.country ?? null;

/**
 * Whom identifiers name. `conflict` is the pair to put on the list of merges when they name two or more: the chosen one first, then
 * the next in precedence. `found` may be in any order.
 */
export function chooseCustomer(found: readonly { kind: IdentifierKind; customerId: string }[]): { customerId: string | null; conflict: [string, string] | null } {
  const ranked = [...found].sort((left, right) => IDENTIFIER_KINDS.indexOf(left.kind) - IDENTIFIER_KINDS.indexOf(right.kind));
  const chosen = ranked[0]?.customerId ?? null;
  const other = ranked.find(({ customerId }) => customerId !== chosen)?.customerId;
  return { customerId: chosen, conflict: chosen !== null && other !== undefined ? [chosen, other] : null };
}
