import { describe, expect, it } from 'vitest';
import { DEFAULT_PRESSURE_POLICY, defaultPressurePolicyIn } from '#domain/pressure/default-policy.ts';
import { policyOf } from '#domain/pressure/example-entry.ts';
import { capSwitches, findCategory } from '#domain/pressure/category.ts';
import { PressurePolicy, reachSeconds } from '#domain/pressure/policy.ts';

const pathsOf = (policy: unknown): string[] => PressurePolicy.safeParse(policy).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('a pressure policy', () => {
  it('starts with information 1, promotion 2, and transactional ones outside the cap (§5.2, §5.9)', () => {
    expect(PressurePolicy.parse(DEFAULT_PRESSURE_POLICY)).toEqual(DEFAULT_PRESSURE_POLICY);
    expect(DEFAULT_PRESSURE_POLICY.categories.map(({ key, weight }) => [key, weight])).toEqual([['transactional', 0], ['information', 1], ['promotion', 2]]);
    expect(DEFAULT_PRESSURE_POLICY.categories.map(capSwitches)).toEqual([{ ignoresCap: true, counts: false }, { ignoresCap: false, counts: true }, { ignoresCap: false, counts: true }]);
  });

  it('takes the two switches of a category independently (§5.9)', () => {
    const alert = { ...DEFAULT_PRESSURE_POLICY.categories[1]!, ignoresCap: true };
    expect(capSwitches(alert)).toEqual({ ignoresCap: true, counts: true });
    expect(capSwitches({ ...alert, ignoresCap: false, countsTowardsCap: false })).toEqual({ ignoresCap: false, counts: false });
  });

  it('refuses a rule without a limit, a maximum without a window, a category that is not there and a key twice (§5.3)', () => {
    expect(pathsOf(policyOf({ window: { kind: 'calendar', unit: 'week' } }))).toEqual(['rules.0']);
    expect(pathsOf(policyOf({ maximumCount: 3 }))).toEqual(['rules.0.window']);
    expect(pathsOf(policyOf({ minimumIntervalSeconds: 60, scope: { kind: 'category', category: 'alert' } }))).toEqual(['rules.0.scope.category']);
    expect(pathsOf(policyOf({ key: 'a', minimumIntervalSeconds: 60 }, { key: 'a', minimumIntervalSeconds: 90 }))).toEqual(['rules.1.key']);
    expect(pathsOf(policyOf({ minimumIntervalSeconds: 60 }))).toEqual([]);
  });

  it('finds a category by its key (§5.2)', () => {
    expect(findCategory(DEFAULT_PRESSURE_POLICY, 'promotion')?.weight).toBe(2);
    expect(findCategory(DEFAULT_PRESSURE_POLICY, 'alert')).toBeNull();
  });

  it('says how far a decision sees (§5.3)', () => {
    expect(reachSeconds(DEFAULT_PRESSURE_POLICY)).toBe(30 * 86_400);
    expect(reachSeconds(policyOf())).toBe(0);
  });

  it('names the rules of a new workspace in its language, with the same limits', () => {
    const french = defaultPressurePolicyIn('fr-CA');
    expect(french.rules.map(({ name }) => name)).toEqual(['Trois messages par semaine', 'Un poids de 16 en trente jours']);
    expect(french.rules.map(({ name: _, ...limits }) => limits)).toEqual(DEFAULT_PRESSURE_POLICY.rules.map(({ name: _, ...limits }) => limits));
    expect(defaultPressurePolicyIn('de')).toEqual(DEFAULT_PRESSURE_POLICY);
  });
});
