import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, localTime } from '#domain/shared/time.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';

const mail = (id: string, next: string | null = null, settings: Record<string, unknown> = {}) => ({ id, kind: 'sendEmail', settings: { templateKey: `mail-${id}`, category: 'promotion', ...settings }, next: { next } });
const wait = (id: string, amount: number, unit: string, next: string | null) => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount, unit } }, next: { next } });
const untilNine = (id: string, next: string) => ({ id, kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay: '09:00' }, next: { next } });
const check = (id: string, passes: string) => ({ id, kind: 'pressureCheck', settings: { category: 'promotion', channel: 'email' }, next: { passes, capped: null } });
const refuseEmail = (kernel: Kernel) => kernel.facts.consents.push({ purpose: 'marketing', channel: 'email', state: 'denied', source: 'till', at: NOON });

describe('stopping', () => {
  it('answers no event for people of a stopped journey who have not left yet (§8.5)', () => {
    const definition = journey({ nodes: [
      { id: 'a', kind: 'waitForEvent', settings: { event: { type: 'review' }, timeout: { amount: 24, unit: 'hours' } }, next: { event: 'b' } },
      { id: 'b', kind: 'givePoints', settings: { programmeKey: 'points', points: 50 }, next: {} },
    ] });
    const kernel = new Kernel().publish(definition);
    kernel.post('purchase');
    const result = kernel.publish(definition, 'stopped').post('review');
    expect(result.effects.filter(({ kind }) => kind === 'transfer')).toEqual([]);
    expect(kernel.endings()).toEqual(['stopped at a']);
  });
});

describe('a pressure check', () => {
  it('is released when its message is skipped (§4.7)', () => {
    const kernel = new Kernel().publish(journey({ nodes: [check('a', 'b'), mail('b', 'c'), wait('c', 90, 'calendarDays', null)] }));
    refuseEmail(kernel);
    kernel.post('purchase');
    expect(kernel.refused()).toEqual([{ template: 'mail-b', code: 'consent.denied' }]);
    expect(kernel.facts.pressure).toEqual([]);
    expect(kernel.enrollments[0]?.state.checks).toEqual([]);
  });

  it('is released when a goal takes the person off its branch (§2.3, §4.7)', () => {
    const kernel = new Kernel().publish(journey({ nodes: [
      check('a', 'b'), wait('b', 1, 'hours', 'c'), mail('c'),
      { id: 'g', kind: 'goal', settings: { event: { type: 'review' }, then: 'continue' }, next: { next: 'd' } }, wait('d', 90, 'calendarDays', null),
    ] }));
    kernel.post('purchase');
    expect(kernel.facts.pressure).toHaveLength(1);
    kernel.post('review');
    expect(kernel.facts.pressure).toEqual([]);
  });
});

describe('waiting', () => {
  it('circles once a day through a wait until nine, not a thousand times at nine (§3.2, §4.4)', () => {
    const kernel = new Kernel().publish(journey({ nodes: [untilNine('a', 'b'), { id: 'b', kind: 'givePoints', settings: { programmeKey: 'points', points: 1 }, next: { next: 'a' } }] }));
    kernel.post('purchase');
    kernel.at(NOON + 3 * DAY_MS).advance();
    expect(kernel.facts.balances['points']).toBe(3);
    const wakeAt = kernel.enrollments[0]!.state.waiting!.wakeAt!;
    expect(localTime(wakeAt, 'Europe/Paris').toPlainDateTime().toString()).toBe('2026-06-19T09:00:00');
  });

  it('§3.1 §3.8 comes back to a wait of a day, or until nine after a day, once a day: no lap adds a minute to the next', () => {
    for (const settings of [
      { mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } }, { mode: 'duration', duration: { amount: 24, unit: 'hours' } }, { mode: 'untilTimeOfDay', timeOfDay: '12:00', after: { amount: 1, unit: 'calendarDays' } },
    ]) {
      const kernel = new Kernel().publish(journey({ nodes: [{ id: 'a', kind: 'wait', settings, next: { next: 'a' } }] })).at(NOON);
      kernel.post('purchase');
      for (let day = 1; day <= 5; day += 1) {
        expect(kernel.enrollments[0]?.state.waiting?.wakeAt).toBe(NOON + day * DAY_MS);
        kernel.at(NOON + day * DAY_MS).advance();
      }
    }
  });

  it('goes on at once when another wait ended at the very time of day (§3.5)', () => {
    const kernel = new Kernel().publish(journey({ nodes: [untilNine('a', 'b'), wait('b', 1, 'calendarDays', 'c'), untilNine('c', 'd'), mail('d')] }));
    kernel.post('purchase');
    kernel.at(NOON + 2 * DAY_MS).advance();
    expect(kernel.sent()).toEqual(['mail-d']);
  });

  it('lets a held message go the expired way at its own expiry, when that comes before the end of the hold (§5.18, §6.2)', () => {
    const policy = { ...new Kernel().rules.policy, rules: [{ key: 'day', scope: { kind: 'everyone' as const }, window: { kind: 'rolling' as const, seconds: 86_400 }, maximumCount: 1 }] };
    const settings = { whenCapped: { kind: 'hold', expiresAfterSeconds: 20 * 86_400 }, expiresAfter: { amount: 2, unit: 'hours' } };
    const kernel = new Kernel({ policy }).publish(journey({ nodes: [mail('a', 'b'), { ...mail('b', null, settings), next: { next: null, expired: 'd' } }, { id: 'd', kind: 'exit', settings: { name: 'too late' } }] }));
    kernel.post('purchase');
    expect(kernel.enrollments[0]?.state.waiting?.wakeAt).toBe(NOON + 2 * HOUR_MS);
    kernel.at(NOON + 2 * HOUR_MS).advance();
    expect(kernel.endings()).toEqual(['completed too late at d']);
  });
});

describe('an attribute', () => {
  it('that is a field of the profile is refused a value that the profile cannot hold', () => {
    const kernel = new Kernel().publish(journey({ nodes: [{ id: 'a', kind: 'setAttribute', settings: { attribute: 'timeZone', value: 'the moon' }, next: {} }] }));
    kernel.post('purchase');
    expect(kernel.endings()).toEqual(['failed attribute.invalid at a']);
    expect(kernel.facts.profile.timeZone).toBeUndefined();
  });
});

describe('a busy customer', () => {
  it('takes a thousand events into a journey entered five thousand times before within seconds', () => {
    const entry = { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'perKey', property: 'orderId' }, next: 'a' };
    const kernel = new Kernel().publish(journey({ entry, nodes: [{ id: 'a', kind: 'exit', settings: {} }] }));
    kernel.register = Array.from({ length: 5_000 }, (_, index) => ({ journeyId: 'test', entryKey: `key:old-${index}`, enteredAt: NOON, endedAt: NOON }));
    const events = Array.from({ length: 1_000 }, (_, index) => kernel.event('purchase', { orderId: `${index}` }));
    const result = kernel.advance(events);
    expect(result.passes.filter(({ nodeId }) => nodeId === 'entry')).toHaveLength(1_000);
  }, 10_000);
});
