import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '#app/api/error-codes.ts';
import { wordKey } from '#components/reason-sentence.ts';
import { WORDS } from '#components/words/words.ts';
import { EndingKind } from '#domain/enrollments/state.ts';
import { CUSTOMER_VARIABLES } from '#domain/messages/customer-variables.ts';
import { MESSAGE_STATUSES } from '#domain/messages/delivery-status.ts';
import { LIMIT_KINDS } from '#domain/pressure/bound-limit.ts';
import { SCOPE_NAMES } from '#engine/commands/scopes.ts';

const root = new URL('../..', import.meta.url).pathname;
const leaves = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, inner]) => leaves(inner, path ? `${path}.${name}` : name)) : [[path, String(value)]];

function sourcesUnder(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(root, path)).isDirectory()) return sourcesUnder(path);
    return /\.tsx?$/.test(name) && !/test\.tsx?$/.test(name) ? [path] : [];
  });
}

/** Codes as they stand in the sources: `code: '…'`, and the first argument of the little functions that make a reason. */
const CODE = /\bcode: '([a-zA-Z][\w.]*)'|\b(?:why|suppress|refuse|refused|invalid)\('([a-zA-Z][\w.]*)'|problemsOf\([\w.]+, '([a-z][\w.]*)'/g;
/** Codes that are made of parts, spelled out. */
const MADE = [
  ...LIMIT_KINDS.map((kind) => `pressure.${kind}`), 'pressure.neverFits', ...EndingKind.options.filter((kind) => kind !== 'completed').map((kind) => `withdrawn.${kind}`),
  'unreachable.noAddress', 'unreachable.bounced', 'unreachable.invalid', 'unreachable.complained', 'consent.denied', 'consent.noConsent', 'tooManySteps',
  ...['redeemed', 'revoked', 'notStarted', 'expired', 'minimumSpend'].map((code) => `voucher.${code}`),
];
/** Names of undoable operations, answers of the simulated vendors, what became of an event, and voucher codes whose prefix is added: none of them is a reason. */
const NO_REASON = /^(insertNode|addNode|deleteNotes|duplicate|quarantined|rejected|validation_error|redeemed|revoked|notStarted|minimumSpend)$/;

describe('the words', () => {
  it('say the same things in both languages', () => {
    const english = leaves(WORDS.en).map(([path]) => path).sort();
    expect(leaves(WORDS.fr).map(([path]) => path).sort()).toEqual(english);
  });

  it('name the same figures in both languages', () => {
    const named = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? '').filter((name) => !/^(one|other|rien|nothing)$/.test(name)))].sort();
    const french = new Map(leaves(WORDS.fr));
    const differ = leaves(WORDS.en).filter(([path, text]) => path.startsWith('reasons.codes') && JSON.stringify(named(text)) !== JSON.stringify(named(french.get(path) ?? '')));
    expect(differ.map(([path]) => path)).toEqual([]);
  });

  it('set a space before high punctuation in French, and speak without exclamation marks', () => {
    const wrong = leaves(WORDS.fr).filter(([, text]) => /[^\s\d{}:/]([;?]|:(?!\/\/))(\s|$)/.test(text.replace(/\{[^{}]*\}/g, 'x ')));
    expect(wrong.map(([path, text]) => `${path}: ${text}`)).toEqual([]);
    expect([...leaves(WORDS.en), ...leaves(WORDS.fr)].filter(([, text]) => text.includes('!')).map(([path]) => path)).toEqual([]);
  });

  it('have a sentence for every code of the API, the domain and the engine', () => {
    const found = [...sourcesUnder('domain'), ...sourcesUnder('engine')].flatMap((path) => [...readFileSync(join(root, path), 'utf8').matchAll(CODE)].map(([, field, argument, shape]) => field ?? argument ?? shape ?? ''));
    const codes = [...new Set([...ERROR_CODES, ...MADE, ...found])].filter((code) => !NO_REASON.test(code));
    expect(codes.filter((code) => !Object.hasOwn(WORDS.en.reasons.codes, wordKey(code))).sort()).toEqual([]);
  });

  it('name every scope of a key', () => {
    expect(SCOPE_NAMES.filter((scope) => !Object.hasOwn(WORDS.en.settings.scopes, scope.replaceAll(':', '_')))).toEqual([]);
  });

  it('say each code in a few words too, without the figures that a count of many does not have', () => {
    for (const words of Object.values(WORDS)) {
      const withFigures = Object.entries<string>(words.reasons.codes).filter(([, sentence]) => sentence.includes('{')).map(([key]) => key);
      expect(Object.keys(words.reasons.short).sort()).toEqual(withFigures.sort());
      expect(Object.values<string>(words.reasons.short).filter((text) => text.includes('{'))).toEqual([]);
    }
  });

  it('name every variable of a customer that a text may hold', () => {
    for (const words of Object.values(WORDS)) expect(Object.keys(words.templates.variables.names)).toEqual(expect.arrayContaining([...CUSTOMER_VARIABLES]));
  });

  it('name every status of a message and every ending of a journey', () => {
    for (const words of Object.values(WORDS)) {
      expect(Object.keys(words.messages.statuses).sort()).toEqual([...MESSAGE_STATUSES].sort());
      expect(Object.keys(words.canvas.ending).sort()).toEqual([...EndingKind.options].sort());
    }
  });

  it('hold every word that a component asks for', () => {
    const missing = [...sourcesUnder('components'), ...sourcesUnder('app')].flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      const makers = [...text.matchAll(/const (\w+) = (?:await )?\(?(?:useTranslations|getTranslations|await getTranslations)\('([\w.]+)'\)/g)].map(([, name, area]) => ({ name, area }));
      const single = new Map([...new Set(makers.map(({ name }) => name))].map((name) => [name, makers.filter((maker) => maker.name === name).map(({ area }) => area)]));
      const known = new Set(leaves(WORDS.en).map(([key]) => key));
      const nowhere = makers.flatMap(({ area = '' }) => ([...known].some((key) => key.startsWith(`${area}.`)) ? [] : [`${path}: ${area}`]));
      return [...nowhere, ...[...single].flatMap(([name, areas]) => [...text.matchAll(new RegExp(`\\b${name}\\('([\\w.]+)'`, 'g'))]
        .map(([, key]) => key ?? '').filter((key) => !areas.some((area) => known.has(`${area}.${key}`))).map((key) => `${path}: ${areas.join('|')}.${key}`))];
    });
    expect(missing).toEqual([]);
  });
});
