/** A customer's week under a policy that is still being written: each planned message is decided in turn by the domain, as it would be in production. */
import type { Channel } from '#domain/customers/channels.ts';
import { decidePressure, type PressureDecision } from '#domain/pressure/decide-pressure.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { capSwitches, findCategory } from '#domain/pressure/category.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import { DAY_MS, HOUR_MS, type Instant } from '#domain/shared/time.ts';

/** `day` counts from 0, a Monday; all leave at ten in the morning, in their order. */
export type Planned = { id: string; day: number; category: string; channel: Channel };
export type Played = Planned & { at: Instant; decision: PressureDecision };

const MORNING_HOURS = 10;
const MINUTE = HOUR_MS / 60;

/** Messages of a category that the policy does not have are left out. `monday` is the first instant of the week in `zone`. */
export function playWeek(policy: PressurePolicy, plan: readonly Planned[], monday: Instant, zone: string): { played: Played[]; ledger: LedgerEntry[] } {
  const ledger: LedgerEntry[] = [];
  const played = plan.map((planned, place) => ({ planned, place })).sort((left, right) => left.planned.day - right.planned.day || left.place - right.place).flatMap(({ planned, place }): Played[] => {
    const category = findCategory(policy, planned.category);
    if (!category) return [];
    const at = monday + planned.day * DAY_MS + MORNING_HOURS * HOUR_MS + place * MINUTE;
    const { ignoresCap, counts } = capSwitches(category);
    const entry: LedgerEntry = {
      messageKey: planned.id, at, dueAt: at, channel: planned.channel, category: category.key, sender: 'brand', weight: category.weight, counts, state: 'handedOver', priority: category.priority, rank: category.rank,
      journeyId: 'example', entryKey: 'example', nodeId: planned.id, visit: 1, label: planned.id,
    };
    const decision = decidePressure({ policy, ledger, candidate: { ...entry, ignoresCap }, at, zone });
    if (decision.kind === 'pass') ledger.push(entry);
    return [{ ...planned, at, decision }];
  });
  return { played, ledger };
}

/** A week that most brands know: two promotions, two pieces of information, an SMS, and a service message. */
export function ordinaryWeek(policy: PressurePolicy): Planned[] {
  const promotional = policy.categories.filter(({ transactional }) => !transactional).sort((left, right) => right.weight - left.weight);
  const heavy = promotional[0]?.key;
  const light = promotional.at(-1)?.key ?? heavy;
  const service = policy.categories.find(({ transactional }) => transactional)?.key;
  const plan: [number, string | undefined, Channel][] = [[0, light, 'email'], [1, heavy, 'email'], [2, service, 'email'], [3, heavy, 'sms'], [4, light, 'email'], [5, heavy, 'email']];
  return plan.flatMap(([day, category, channel], index): Planned[] => (category ? [{ id: String(index + 1), day, category, channel }] : []));
}
