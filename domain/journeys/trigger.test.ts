import { describe, expect, it } from 'vitest';
import { Journey } from './definition.ts';
import { eventsBehindTrigger, Trigger } from './trigger.ts';
import { typeInHand } from './type-in-hand.ts';
import { validateJourney } from './validate.ts';

const problemsOf = (trigger: unknown) => validateJourney(Journey.parse({
  formatVersion: 1, key: 'k', name: 'n', entry: { trigger, reentry: { mode: 'onceEver' }, next: 'end' }, nodes: [{ id: 'end', kind: 'exit', settings: {} }],
})).map(({ code }) => code);
const birthday = { kind: 'date', of: { whose: 'customer', field: 'birthDate' }, repeats: 'yearly', timeOfDay: '09:00' };

describe('a trigger', () => {
  it('keeps 29 February on the 28th unless the journey says 1 March (§1.5)', () => {
    expect(Trigger.parse(birthday)).toMatchObject({ leapDay: 'february28' });
  });

  it.each(['birthDate', 'createdAt', 'firstPurchaseAt', 'attributes.renewal', 'consents.marketing.email'])('goes by the customer’s %s (§1.1)', (field) => {
    expect(Trigger.safeParse({ ...birthday, of: { whose: 'customer', field } }).success).toBe(true);
  });

  it.each(['lastName', 'attributes.', 'consents.marketing', 'consents.gossip.email', 'consents.marketing.email.x'])('refuses %s, which is no date', (field) => {
    expect(Trigger.safeParse({ ...birthday, of: { whose: 'customer', field } }).success).toBe(false);
  });

  it('does not come before what the customer has not done yet', () => {
    const joined = { ...birthday, of: { whose: 'customer', field: 'createdAt' }, repeats: 'once' };
    expect(problemsOf({ ...joined, offset: { amount: 1, unit: 'calendarDays', direction: 'before' } })).toContain('trigger.beforeAct');
    expect(problemsOf({ ...joined, offset: { amount: 1, unit: 'calendarDays', direction: 'after' } })).not.toContain('trigger.beforeAct');
  });

  it('hears of every change that moves its dates (§1.4)', () => {
    const of = (trigger: unknown) => { const parsed = Trigger.parse(trigger); return 'event' in parsed ? [] : eventsBehindTrigger(parsed); };
    expect(of(birthday)).toEqual(['customer.created', 'customer.changed']);
    expect(of({ ...birthday, of: { whose: 'relative', relation: 'child' } })).toContain('relative.changed');
    expect(of({ ...birthday, of: { whose: 'contract', date: 'endsOn' } })).toContain('contract.changed');
    expect(of({ kind: 'recurring', anchor: 'consents.marketing.sms', every: { freq: 'monthly', monthDays: [1] }, timeOfDay: '09:00' })).toContain('consent.changed');
  });

  it('names the event in hand of whoever enters by it', () => {
    expect(typeInHand(Trigger.parse(birthday))).toBe('journey.date');
    expect(typeInHand({ kind: 'event', event: { type: 'purchase' } })).toBe('purchase');
  });
});
