/** The policy of a new workspace: three categories with the usual weights (§5.2) and two caps that a marketer can explain to a customer. */
import type { PressurePolicy } from '#domain/pressure/policy.ts';

export const DEFAULT_PRESSURE_POLICY: PressurePolicy = {
  formatVersion: 1,
  categories: [
    { key: 'transactional', names: { en: 'Transactional', fr: 'Transactionnel' }, weight: 0, priority: 100, rank: 1, transactional: true, purpose: 'service' },
    { key: 'information', names: { en: 'Information', fr: 'Information' }, weight: 1, priority: 60, rank: 2, transactional: false, purpose: 'marketing' },
    { key: 'promotion', names: { en: 'Promotion', fr: 'Promotion' }, weight: 2, priority: 40, rank: 3, transactional: false, purpose: 'marketing' },
  ],
  rules: [
    { key: 'week', name: 'Three messages a week', scope: { kind: 'everyone' }, window: { kind: 'calendar', unit: 'week' }, maximumCount: 3 },
    { key: 'thirty-days', name: 'A weight of 16 in thirty days', scope: { kind: 'everyone' }, window: { kind: 'rolling', seconds: 30 * 86_400 }, maximumWeight: 16 },
  ],
};

/** The names of its rules are the brand's own words, so they are written in its language. */
const RULE_NAMES: Record<string, Record<string, string>> = {
  fr: { week: 'Trois messages par semaine', 'thirty-days': 'Un poids de 16 en trente jours' },
};

/** The policy of a new workspace whose language is this one; in English where we do not speak it. */
export function defaultPressurePolicyIn(language: string): PressurePolicy {
  const names = RULE_NAMES[language.split('-')[0]?.toLowerCase() ?? ''] ?? {};
  return { ...DEFAULT_PRESSURE_POLICY, rules: DEFAULT_PRESSURE_POLICY.rules.map((rule) => ({ ...rule, name: names[rule.key] ?? rule.name })) };
}
