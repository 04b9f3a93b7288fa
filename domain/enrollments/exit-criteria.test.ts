import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#domain/shared/time.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';

const sleeps = { id: 'a', kind: 'wait', settings: { mode: 'duration', duration: { amount: 5, unit: 'calendarYears' } }, next: { next: null } };
const big = { field: 'event.properties.amountMinor', is: 'atLeast', value: 5_000 };
const criterion = (name: string, type: string, where?: unknown) => ({ on: 'event', name, event: { type, ...(where !== undefined && { where }) } });
const asleep = (exits: unknown[]) => {
  const kernel = new Kernel().publish(journey({ entry: { trigger: { kind: 'event', event: { type: 'joined' } }, reentry: { mode: 'onceEver' }, next: 'a' }, exits, nodes: [sleeps] }));
  kernel.post('joined');
  return kernel.at(NOON + 4 * 365 * DAY_MS);
};

describe('the exit criteria of a journey', () => {
  it('§2.1 are tried from top to bottom, and the first that holds names the ending', () => {
    const [buys, buysMuch] = [criterion('buys', 'purchase'), criterion('buys much', 'purchase', big)];
    const endingOf = (exits: unknown[], amountMinor: number): string | null | undefined => {
      const kernel = asleep(exits);
      kernel.post('purchase', { amountMinor });
      return kernel.endings()[0];
    };
    expect(endingOf([buysMuch, buys], 9_900)).toBe('exited buys much at a');
    expect(endingOf([buysMuch, buys], 500)).toBe('exited buys at a');
    expect(endingOf([buys, buysMuch], 9_900)).toBe('exited buys at a');
    expect(endingOf([buysMuch], 500)).toBeNull();
  });

  it('§2.1 interrupt a wait of years at the instant of the event, whichever of them it is', () => {
    const exits = [criterion('buys', 'purchase'), { on: 'condition', name: 'stage', condition: { field: 'customer.attributes.stage', is: 'equals', value: 'fan' } }, criterion('goes', 'account.closed')];
    for (const [type, ending] of [['purchase', 'exited buys at a'], ['account.closed', 'exited goes at a']] as const) {
      const kernel = asleep(exits);
      const { traces } = kernel.post(type);
      expect([kernel.endings()[0], traces.at(-1)?.at, kernel.enrollments[0]?.state.waiting]).toEqual([ending, kernel.now, null]);
    }
    const kernel = asleep(exits);
    kernel.facts.profile = { ...kernel.facts.profile, attributes: { stage: 'fan' } };
    kernel.post('customer.changed', { fields: ['attributes.stage'] }, { source: 'system' });
    expect(kernel.endings()).toEqual(['exited stage at a']);
  });

  it('§2.1 §2.2 end nobody by an event that came before they entered, nor by the one that took them in', () => {
    const kernel = new Kernel().publish(journey({ exits: [criterion('buys', 'purchase')], nodes: [sleeps] }));
    kernel.post('purchase');
    expect(kernel.endings()).toEqual([null]);
    kernel.post('purchase');
    expect(kernel.endings()[0]).toBe('exited buys at a');
  });
});
