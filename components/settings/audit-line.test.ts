import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { actionWord, AUDIT_NOUNS, changesOf, nounOf, pageOfSubject } from '#components/settings/audit-line.ts';
import { WORDS } from '#components/words/words.ts';
import { JOURNEY_MOVES } from '#engine/commands/run-journey.ts';

const root = new URL('../..', import.meta.url).pathname;
const sources = ['engine', 'app/api/v1/routes'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => readFileSync(join(root, folder, name), 'utf8')));
const written = sources.flatMap((text) => [...text.matchAll(/action: [^\n,]*?'(\w+\.\w+)'(?: : '(\w+\.\w+)')?/g)].flatMap(([, one, other]) => [one, other].filter((action) => action !== undefined)));
const actions = [...new Set([...written, ...JOURNEY_MOVES.map((move) => `journey.${move}`)])];

it('has words for every action that a command writes, in both languages, and a filter for each noun (§8.5)', () => {
  expect(actions.length).toBeGreaterThan(20);
  for (const { settings } of Object.values(WORDS)) {
    expect(actions.filter((action) => !Object.hasOwn(settings.audit.actions, actionWord(action)))).toEqual([]);
    expect(Object.keys(settings.audit.nouns).sort()).toEqual([...AUDIT_NOUNS].sort());
  }
  expect([...new Set(actions.map(nounOf))].filter((noun) => !AUDIT_NOUNS.some((one) => one === noun))).toEqual([]);
});

it('shows the fields that differ, before and after', () => {
  expect(changesOf({ before: { role: 'viewer', stores: 0 }, after: { role: 'merchant', stores: 0, key: ['a'] } })).toEqual([{ field: 'role', before: 'viewer', after: 'merchant' }, { field: 'key', before: null, after: '["a"]' }]);
  expect(changesOf({ before: null, after: null })).toEqual([]);
  expect(changesOf({ before: null, after: ['a'] })).toEqual([{ field: '', before: null, after: '["a"]' }]);
});

it('leads to the page of what was changed when it has one', () => {
  expect(pageOfSubject({ action: 'journey.publish', subject: 'jrn_1' })).toBe('/journeys/jrn_1');
  expect(pageOfSubject({ action: 'clock.jump', subject: 'x' })).toBeNull();
});
