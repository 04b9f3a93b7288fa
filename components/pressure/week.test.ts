import { expect, it } from 'vitest';
import { ordinaryWeek, playWeek } from '#components/pressure/week.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { parseInstant } from '#domain/shared/time.ts';

const MONDAY = parseInstant('2026-11-16T00:00:00+01:00') ?? 0;

it('lets three messages of an ordinary week through and refuses the fourth, service messages aside (§5.3, §5.9)', () => {
  const { played, ledger } = playWeek(DEFAULT_PRESSURE_POLICY, ordinaryWeek(DEFAULT_PRESSURE_POLICY), MONDAY, 'Europe/Paris');
  expect(played.map(({ decision }) => decision.kind)).toEqual(['pass', 'pass', 'pass', 'pass', 'capped', 'capped']);
  expect(ledger.filter(({ counts }) => counts)).toHaveLength(3);
});

it('follows the policy while it is written: without rules all pass, and a category that is gone is left out', () => {
  const free = { ...DEFAULT_PRESSURE_POLICY, rules: [] };
  expect(playWeek(free, ordinaryWeek(free), MONDAY, 'Europe/Paris').played.every(({ decision }) => decision.kind === 'pass')).toBe(true);
  expect(playWeek(free, [{ id: '1', day: 0, category: 'gone', channel: 'sms' }], MONDAY, 'Europe/Paris').played).toEqual([]);
});
