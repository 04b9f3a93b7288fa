import { describe, expect, it } from 'vitest';
import { guessFormats } from './guess-formats.ts';
import type { ImportKind } from './import-kinds.ts';
import { ImportSettings } from './import-settings.ts';
import { checkMapping, guessMapping, type Mapping } from './mapping.ts';
import { readCell, type CellFormats } from './read-cell.ts';
import { readRow, type ReadContext } from './read-row.ts';

const FORMATS: CellFormats = { dates: 'dmy', decimal: ',', zone: 'Europe/Paris', country: 'FR', exponent: 2 };
const NOW = Date.parse('2026-06-01T10:00:00Z');
const contextOf = (kind: ImportKind, mapping: Mapping, settings: Record<string, unknown> = {}): ReadContext =>
  ({ kind, mapping, settings: ImportSettings.parse({ dates: 'dmy', decimal: ',', ...settings }), formats: FORMATS, language: 'fr', now: NOW });
const cell = (reads: Parameters<typeof readCell>[0], text: string, formats = FORMATS) => {
  const read = readCell(reads, text, formats);
  return read.ok ? read.value : read.problem.code;
};

describe('the mapping of a file', () => {
  it('is guessed from headings in English and French, whatever their capitals, accents and marks', () => {
    expect(guessMapping('customers', ['Code client', 'PRÉNOM', 'Nom', 'Adresse e-mail', 'Téléphone portable', 'Date de naissance', 'Taille'])).toEqual(['externalId', 'firstName', 'lastName', 'email', 'phone', 'birthDate', null]);
    expect(guessMapping('customers', ['Prénom', 'Né(e) le'])).toEqual(['firstName', 'birthDate']);
    expect(guessMapping('purchases', ['Order ID', 'Created at', 'Email', 'Total', 'Lineitem sku', 'Lineitem quantity'])).toEqual(['orderId', 'occurredAt', 'email', 'amount', 'sku', 'quantity']);
  });

  it('gives no field to two columns', () => {
    expect(guessMapping('customers', ['email', 'E-mail', 'Mail'])).toEqual(['email', null, null]);
  });

  it('is refused with what it lacks', () => {
    const checked = checkMapping('purchases', ['orderId', 'colour', 'orderId'], 3);
    expect(checked.ok ? [] : checked.problems.map(({ code }) => code)).toEqual(['import.unknownField', 'import.fieldTwice', 'import.fieldMissing', 'import.fieldMissing']);
  });

  it('takes attributes of customers and names of products in a language', () => {
    expect(checkMapping('customers', ['email', 'attribute:shoeSize'], 2).ok).toBe(true);
    expect(checkMapping('customers', ['email', 'attribute:shoe size'], 2).ok).toBe(false);
    expect(checkMapping('products', ['sku', 'name:fr', 'name', 'price'], 4).ok).toBe(true);
  });
});

describe('how a file writes', () => {
  it('is told by a day above twelve, and by the digits after the last mark', () => {
    expect(guessFormats({ dates: ['03/04/2026', '25/04/2026'], amounts: ['1 234,50', '12'] }, 'US')).toEqual({ dates: 'dmy', decimal: ',', datesAreSure: true });
    expect(guessFormats({ dates: ['2026-04-03'], amounts: ['1,234.50'] }, 'FR')).toMatchObject({ decimal: '.', datesAreSure: true });
  });

  it('is unsure where all dates fit two orders, and takes the country’s own', () => {
    expect(guessFormats({ dates: ['03/04/2026', '05/06/2026'], amounts: [] }, 'FR')).toEqual({ dates: 'dmy', decimal: ',', datesAreSure: false });
    expect(guessFormats({ dates: ['03/04/2026', '05/06/2026'], amounts: [] }, 'US')).toMatchObject({ dates: 'mdy', decimal: '.', datesAreSure: false });
  });
});

describe('a cell', () => {
  it('is an amount in minor units with spaces, currency and thousands left out', () => {
    expect(['1 234,50 €', '1.234,5', '12', '0,07', '€ 3'].map((text) => cell('amount', text))).toEqual([123_450, 123_450, 1_200, 7, 300]);
    expect(['12,345', '1.23', '-4', 'abc', ''].map((text) => cell('amount', text))).toEqual(['import.amountDigits', 'import.amount', 'import.negative', 'import.amount', 'import.amount']);
    expect(cell('amount', '1,234.50', { ...FORMATS, decimal: '.' })).toBe(123_450);
    expect(cell('amount', '1 234', { ...FORMATS, exponent: 0 })).toBe(1_234);
  });

  it('is a date in the declared order, and one that does not exist is none', () => {
    expect(['31/01/1985', '1.2.85', '2026-03-29', '31/01/1985 00:00:00'].map((text) => cell('date', text))).toEqual(['1985-01-31', '1985-02-01', '2026-03-29', '1985-01-31']);
    expect(['30/02/1985', '13/13/1985', 'hier'].map((text) => cell('date', text))).toEqual(['import.dateDmy', 'import.dateDmy', 'import.dateDmy']);
  });

  it('is an instant in the zone of the workspace where it names no offset, and noon where it names no time', () => {
    const at = (text: string) => new Date(Number(cell('instant', text))).toISOString();
    expect(at('29/03/2026 10:30')).toBe('2026-03-29T08:30:00.000Z');
    expect(at('29/03/2026')).toBe('2026-03-29T10:00:00.000Z');
    expect(at('2026-03-28T10:30:00+01:00')).toBe('2026-03-28T09:30:00.000Z');
    expect(at('2026-03-28 10:30:00 +0100')).toBe('2026-03-28T09:30:00.000Z');
    expect(at('28/03/2026 09:05 PM')).toBe('2026-03-28T20:05:00.000Z');
    // §3.4: a time that the spring day skips is the next that exists.
    expect(at('29/03/2026 02:30')).toBe('2026-03-29T01:00:00.000Z');
    expect(cell('instant', '29/03/2026 25:61')).toBe('import.time');
  });

  it('is an identifier in its normal form', () => {
    expect(cell('phone', '06 12 34 56 78')).toBe('+33612345678');
    expect(cell('email', ' Anna@Example.ORG ')).toBe('anna@example.org');
    expect(cell('card', '2990 1234')).toBe('29901234');
    expect([cell('phone', '12'), cell('email', 'anna@')]).toEqual(['import.phone', 'import.email']);
  });

  it('is refused when it holds a formula', () => {
    expect(cell('text', '=HYPERLINK("http://example.org")')).toBe('import.formula');
    expect(cell('phone', '+33 6 12 34 56 78')).toBe('+33612345678');
  });

  it('says yes and no, a relation, a channel, a language and a country in either language', () => {
    expect([cell('yesNo', 'OUI'), cell('yesNo', '0'), cell('yesNo', 'peut-être')]).toEqual([true, false, 'import.yesNo']);
    expect([cell('relation', 'Fille'), cell('channel', 'Courrier'), cell('language', 'Français'), cell('country', 'belgique'), cell('relation', 'ami')]).toEqual(['child', 'letter', 'fr', 'BE', 'import.choice']);
  });
});

describe('a row', () => {
  it('of a customer keeps consents with source, wording and date, and refuses one that nobody can date (§6.4)', () => {
    const mapping = ['email', 'consent.email', 'consentAt', 'consentSource'];
    const read = readRow(['a@example.org', 'oui', '03/04/2026', 'caisse Lyon'], contextOf('customers', mapping, { consentWording: 'v3' }));
    expect(read).toEqual({ ok: true, value: { kind: 'customers', identifiers: [{ kind: 'email', value: 'a@example.org' }], profile: {}, store: null, consents: [
      { purpose: 'marketing', channel: 'email', state: 'granted', at: Date.parse('2026-04-03T10:00:00Z'), source: 'caisse Lyon', wordingVersion: 'v3' }] } });
    expect(readRow(['a@example.org', 'oui', '', ''], contextOf('customers', mapping))).toMatchObject({ ok: false, problems: [{ column: 2, code: 'import.consentDate' }] });
  });

  it('tells all that is wrong, column by column', () => {
    expect(readRow(['a@', '31/02/1985', 'x'], contextOf('customers', ['email', 'birthDate', 'firstName']))).toMatchObject({ ok: false, problems: [{ column: 0, code: 'import.email' }, { column: 1, code: 'import.dateDmy' }] });
  });

  it('that names nobody, or has more or fewer cells than headings, is refused', () => {
    expect(readRow(['', 'Anna'], contextOf('customers', ['email', 'firstName']))).toMatchObject({ ok: false, problems: [{ column: null, code: 'import.nobody' }] });
    expect(readRow(['a@example.org'], contextOf('customers', ['email', 'firstName']))).toMatchObject({ ok: false, problems: [{ code: 'import.ragged', figures: { cells: 1, headings: 2 } }] });
  });

  it('of a product may name its picture and its page, by addresses that a browser opens (§13.2)', () => {
    const mapping = ['sku', 'name', 'price', 'picture', 'url'];
    expect(readRow(['K1', 'Body', '12,90', 'https://cdn.example.com/k1.jpg', ''], contextOf('products', mapping))).toMatchObject({ ok: true, value: { picture: 'https://cdn.example.com/k1.jpg', url: null } });
    expect(readRow(['K1', 'Body', '12,90', 'k1.jpg', 'javascript:alert(1)'], contextOf('products', mapping))).toMatchObject({ ok: false, problems: [{ column: 3, code: 'import.address' }] });
  });

  it('of a purchase needs an amount of its own or of its line, and nothing lies in the future', () => {
    const mapping = ['orderId', 'occurredAt', 'amount', 'lineAmount'];
    expect(readRow(['K1', '03/04/2026', '', '12,50'], contextOf('purchases', mapping))).toMatchObject({ ok: true, value: { amountMinor: null, line: { amountMinor: 1_250 } } });
    expect(readRow(['K1', '03/04/2026', '', ''], contextOf('purchases', mapping))).toMatchObject({ ok: false, problems: [{ column: 2, code: 'import.empty' }] });
    expect(readRow(['K1', '03/04/2027', '1', ''], contextOf('purchases', mapping))).toMatchObject({ ok: false, problems: [{ column: 1, code: 'import.future' }] });
  });
});
