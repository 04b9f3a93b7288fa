import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#domain/shared/time.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';

const wait = (id: string, next: string | null) => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } }, next: { next } });
const points = { id: 'b', kind: 'givePoints', settings: { programmeKey: 'points', points: 1 }, next: {} };
const visits = { type: 'visit' };

describe('an ending', () => {
  it('§2.4 has a named reason and the step where the person stood: completed, exited by which criterion, converted, removed, stopped, failed and why', () => {
    const told = (nodes: Record<string, unknown>[], after: (kernel: Kernel) => void, exits: Record<string, unknown>[] = []): string | null | undefined => {
      const kernel = new Kernel().publish(journey({ nodes, exits }));
      kernel.post('purchase');
      after(kernel.at(NOON + DAY_MS));
      return kernel.endings()[0];
    };
    const enrollmentOf = (kernel: Kernel): string => kernel.enrollments[0]!.id;
    expect(told([wait('a', 'b'), points], (kernel) => kernel.advance())).toBe('completed at b');
    const exits = [{ on: 'event', event: { type: 'return' } }, { on: 'event', name: 'came by', event: visits }];
    expect(told([wait('a', 'b'), points], (kernel) => kernel.post('return'), exits)).toBe('exited criterion 1 at a');
    expect(told([wait('a', 'b'), points], (kernel) => kernel.post('visit'), exits)).toBe('exited came by at a');
    expect(told([wait('a', null), { id: 'g', kind: 'goal', settings: { event: visits, then: 'end' } }], (kernel) => kernel.post('visit'))).toBe('converted at g');
    expect(told([wait('a', 'b'), points], (kernel) => kernel.at(NOON + 1).advance([], [{ kind: 'remove', enrollmentId: enrollmentOf(kernel), reason: 'asked for it' }]))).toBe('removed asked for it at a');
    expect(told([wait('a', 'b'), points], (kernel) => {
      kernel.plans.forEach((plan) => Object.assign(plan, { status: 'stopped', takesEntries: false }));
      kernel.advance();
    })).toBe('stopped at a');
    expect(told([wait('a', 'b'), { id: 'b', kind: 'grantOffer', settings: { offerKey: 'toy' }, next: {} }], (kernel) => kernel.advance())).toBe('failed offer.unknown at b');
  });
});
