/** Entries by the calendar in the kernel (§1.1–§1.6): alarms, what moves them, and what they do when their turn comes. */
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '#domain/shared/time.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';
import type { AdvanceResult } from './advance-customer.ts';

const EACH = { mode: 'perPeriod', maximumEntries: 100, period: { amount: 1, unit: 'calendarYears' } };
const timed = (trigger: Record<string, unknown>, more: Record<string, unknown> = {}, nodes: unknown[] = [{ id: 'a', kind: 'wait', settings: { mode: 'duration', duration: { amount: 3, unit: 'calendarDays' } }, next: {} }]) =>
  journey({ entry: { trigger: { timeOfDay: '09:00', ...trigger }, reentry: EACH, next: 'a', ...more }, nodes });
const birthday = { kind: 'date', of: { whose: 'customer', field: 'birthDate' }, repeats: 'yearly' };
const childrens = { kind: 'date', of: { whose: 'relative', relation: 'child' }, repeats: 'yearly' };
const contractEnd = { kind: 'date', of: { whose: 'contract', date: 'endsOn' }, repeats: 'once', offset: { amount: 30, unit: 'calendarDays', direction: 'before' } };
const untilDate = (id: string, amount: number, next: Record<string, string> = {}) => ({ id, kind: 'wait', settings: { mode: 'untilDate', date: 'event.properties.date', offset: { amount, unit: 'calendarDays' }, timeOfDay: '09:00' }, next });
const look = (kernel: Kernel): AdvanceResult => kernel.advance([], [{ kind: 'reckon', journeyId: 'test', since: kernel.now }]);
const changed = (kernel: Kernel, ...fields: string[]): AdvanceResult => kernel.advance([kernel.event('customer.changed', { fields }, { source: 'system', depth: 1 })]);
const wakeAt = (kernel: Kernel, instant: number): AdvanceResult => { kernel.now = instant; return kernel.advance(); };
const due = (kernel: Kernel): string[] => kernel.alarms.map(({ dueAt }) => (dueAt === null ? 'never' : new Date(dueAt).toISOString()));
const entered = ({ traces }: AdvanceResult) => traces.filter(({ kind }) => kind === 'entered').map(({ at, data }) => [new Date(at).toISOString(), data['occurrence']]);
const refused = ({ traces }: AdvanceResult) => traces.filter(({ kind }) => kind === 'entryRefused').map(({ data }) => (data['reason'] as { code: string }).code);

describe('an alarm', () => {
  it('takes the customer in when its turn comes, and sets the next one (§1.1)', () => {
    const kernel = new Kernel().publish(timed(birthday));
    kernel.facts.profile.birthDate = '1990-06-20';
    look(kernel);
    expect(due(kernel)).toEqual(['2026-06-20T07:00:00.000Z']);
    expect(entered(wakeAt(kernel, Date.UTC(2026, 5, 20, 6, 59)))).toEqual([]);
    expect(entered(wakeAt(kernel, Date.UTC(2026, 5, 20, 7)))).toEqual([['2026-06-20T07:00:00.000Z', 'customer:2026']]);
    expect(kernel.enrollments[0]!.state.event).toMatchObject({ type: 'journey.date', properties: { date: '2026-06-20', years: 36, occurrence: 'customer:2026' } });
    expect(due(kernel)).toEqual(['2027-06-20T07:00:00.000Z']);
    expect(entered(wakeAt(kernel, Date.UTC(2026, 5, 20, 7)))).toEqual([]);
  });

  it('rings once for each child, whoever of them has a birthday on the same day (§1.1)', () => {
    const kernel = new Kernel().publish(timed(childrens));
    kernel.facts.relatives = [{ id: 'zoe', relation: 'child', firstName: 'Zoé', birthDate: '2019-06-20' }, { id: 'tom', relation: 'child', firstName: 'Tom', birthDate: '2019-06-20' }, { id: 'lea', relation: 'spouse', birthDate: '1990-06-20' }];
    look(kernel);
    const result = wakeAt(kernel, Date.UTC(2026, 5, 20, 7));
    expect(entered(result).map(([, key]) => key)).toEqual(['relative:tom:2026', 'relative:zoe:2026']);
    expect(kernel.enrollments.map(({ state }) => state.event?.properties['firstName'])).toEqual(['Tom', 'Zoé']);
  });

  it('obeys the rule of re-entry and leaves a line with its reason (§1.2, §1.6)', () => {
    const kernel = new Kernel().publish(timed(birthday, { reentry: { mode: 'onceEver' } }));
    kernel.facts.profile.birthDate = '1990-06-20';
    look(kernel);
    wakeAt(kernel, Date.UTC(2026, 5, 20, 7));
    const again = wakeAt(kernel, Date.UTC(2027, 5, 20, 7));
    expect(entered(again)).toEqual([]);
    expect(refused(again)).toEqual(['reentry.onceEver']);
  });

  it('asks the audience and refuses with that reason, and asks again the next year (§1.6)', () => {
    const kernel = new Kernel().publish(timed(birthday, { audience: { field: 'customer.city', is: 'equals', value: 'Lyon' } }));
    kernel.facts.profile.birthDate = '1990-06-20';
    look(kernel);
    expect(refused(wakeAt(kernel, Date.UTC(2026, 5, 20, 7)))).toEqual(['audience']);
    kernel.facts.profile.city = 'Lyon';
    expect(entered(wakeAt(kernel, Date.UTC(2027, 5, 20, 7)))).toHaveLength(1);
  });

  it('rings after the events of its instant and before those after it (§2.2)', () => {
    const kernel = new Kernel().publish(timed(birthday)).publish(journey({ key: 'other', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: EACH, next: null } }));
    kernel.facts.profile.birthDate = '1990-06-20';
    look(kernel);
    kernel.now = Date.UTC(2026, 5, 20, 8);
    const event = (minute: number) => kernel.event('purchase', {}, { acceptedAt: Date.UTC(2026, 5, 20, 7, minute) });
    const { traces } = kernel.advance([event(0), event(1)]);
    expect(traces.filter(({ kind }) => kind === 'entered').map(({ journeyId }) => journeyId)).toEqual(['other', 'test', 'other']);
  });

  it('moves when its date or the customer’s zone changes (§1.4)', () => {
    const kernel = new Kernel().publish(timed(birthday));
    kernel.facts.profile.birthDate = '1990-06-20';
    look(kernel);
    kernel.facts.profile.birthDate = '1990-06-25';
    changed(kernel, 'birthDate');
    expect(due(kernel)).toEqual(['2026-06-25T07:00:00.000Z']);
    kernel.facts.zone = 'America/Guadeloupe';
    changed(kernel, 'country');
    expect(due(kernel)).toEqual(['2026-06-25T13:00:00.000Z']);
    kernel.facts.profile.birthDate = undefined;
    changed(kernel, 'birthDate');
    expect(kernel.alarms).toEqual([]);
  });

  it.each(['phone', 'postalCode', 'storeId', 'timeZone', 'country'])('moves when %s, on which the zone hangs, changes it (§1.4, §3.3)', (field) => {
    const kernel = new Kernel().publish(timed(birthday));
    kernel.facts.profile.birthDate = '1990-06-20';
    look(kernel);
    kernel.facts.zone = 'America/Guadeloupe';
    changed(kernel, field);
    expect(due(kernel)).toEqual(['2026-06-20T13:00:00.000Z']);
  });

  it('does not come twice in a year because the date was corrected after it (§1.3)', () => {
    const kernel = new Kernel().publish(timed(birthday));
    kernel.facts.profile.birthDate = '1990-06-20';
    look(kernel);
    wakeAt(kernel, Date.UTC(2026, 5, 20, 7));
    kernel.now += DAY_MS;
    kernel.facts.profile.birthDate = '1990-07-20';
    changed(kernel, 'birthDate');
    expect(due(kernel)).toEqual(['2027-07-20T07:00:00.000Z']);
  });

  it('rings at once when a move to another zone has carried its hour into the past', () => {
    const kernel = new Kernel().publish(timed(birthday));
    kernel.facts.profile.birthDate = '1990-06-20';
    kernel.facts.zone = 'America/Guadeloupe';
    look(kernel);
    kernel.now = Date.UTC(2026, 5, 20, 11);
    kernel.facts.zone = 'Europe/Paris';
    expect(entered(changed(kernel, 'country'))).toEqual([['2026-06-20T11:00:00.000Z', 'customer:2026']]);
  });

  it('is kept by a paused journey and rings on resume; one that is too late by then takes nobody in and says so (§8.4, §1.11)', () => {
    for (const [hours, expected] of [[20, 'entered'], [50, 'date.tooLate']] as const) {
      const kernel = new Kernel().publish(timed(birthday));
      kernel.facts.profile.birthDate = '1990-06-20';
      look(kernel);
      for (const plan of kernel.plans.values()) plan.status = 'paused';
      expect(entered(wakeAt(kernel, Date.UTC(2026, 5, 20, 7) + hours * HOUR_MS))).toEqual([]);
      for (const plan of kernel.plans.values()) plan.status = 'live';
      const result = kernel.advance();
      expect(entered(result).length > 0 ? 'entered' : refused(result)[0]).toBe(expected);
      expect(due(kernel)).toEqual(['2027-06-20T07:00:00.000Z']);
    }
  });

  it('takes nobody into a journey that drains, and says so (§8.4)', () => {
    const kernel = new Kernel().publish(timed(birthday));
    kernel.facts.profile.birthDate = '1990-06-20';
    look(kernel);
    for (const plan of kernel.plans.values()) plan.drains = true;
    expect(refused(wakeAt(kernel, Date.UTC(2026, 5, 20, 7)))).toEqual(['journey.draining']);
  });

  it('comes each 1st of the month since joining (§1.1)', () => {
    const kernel = new Kernel().publish(timed({ kind: 'recurring', every: { freq: 'monthly', monthDays: [1] } }));
    look(kernel);
    const keys = [6, 7, 8].flatMap((month) => entered(wakeAt(kernel, Date.UTC(2026, month, 1, 7))).map(([, key]) => key));
    expect(keys).toEqual(['customer:2026-07-01', 'customer:2026-08-01', 'customer:2026-09-01']);
  });
});

describe('a date that becomes known late (§1.4)', () => {
  const series = [{ id: 'a', kind: 'setAttribute', settings: { attribute: 'warned', value: true }, next: { next: 'b' } }, untilDate('b', -7, { next: 'c' }), { id: 'c', kind: 'setAttribute', settings: { attribute: 'reminded', value: true }, next: { next: 'd' } }, untilDate('d', 0)];
  const ending = (endsOn: string) => [{ id: 'k', kind: 'maintenance', startsOn: '2025-07-01', endsOn, status: 'active' as const }];
  const learn = (endsOn: string, nodes: unknown[] = series) => {
    const kernel = new Kernel().publish(timed(contractEnd, {}, nodes));
    look(kernel);
    kernel.facts.contracts = ending(endsOn);
    return { kernel, result: kernel.advance([kernel.event('contract.changed', {}, { source: 'system', depth: 1 })]) };
  };

  it('puts the customer at the first dated wait ahead, and does not act on the steps before', () => {
    const { kernel, result } = learn('2026-07-01');
    expect(entered(result)).toEqual([[new Date(NOON).toISOString(), 'contract:k:2026-07-01']]);
    expect(kernel.enrollments[0]!.state.waiting).toMatchObject({ nodeId: 'b', wakeAt: Date.UTC(2026, 5, 24, 7) });
    expect(kernel.facts.profile.attributes).toEqual({});
  });

  it('passes over dated waits that are past too', () => {
    const { kernel } = learn('2026-06-20');
    expect(kernel.enrollments[0]!.state.waiting).toMatchObject({ nodeId: 'd' });
    expect(kernel.facts.profile.attributes).toEqual({});
  });

  it('takes nobody in when nothing lies ahead, and says so (§1.6)', () => {
    const { kernel, result } = learn('2026-06-10');
    expect(refused(result)).toEqual(['date.passed']);
    expect(kernel.enrollments).toEqual([]);
    expect(refused(kernel.advance([kernel.event('contract.changed', {}, { source: 'system' })]))).toEqual([]);
  });

  it('looks along the straight way only: behind a question nobody knows where the customer would be', () => {
    const asks = [{ id: 'a', kind: 'condition', settings: { condition: { field: 'customer.city', is: 'equals', value: 'Lyon' } }, next: { yes: 'd', no: 'd' } }, untilDate('d', 0)];
    expect(refused(learn('2026-07-01', asks).result)).toEqual(['date.passed']);
  });

  it('begins anew for another end of the contract, once each', () => {
    const { kernel } = learn('2026-09-01');
    expect(due(kernel)).toEqual(['2026-08-02T07:00:00.000Z']);
    wakeAt(kernel, Date.UTC(2026, 7, 2, 7));
    kernel.facts.contracts = ending('2027-09-01');
    kernel.advance([kernel.event('contract.changed', {}, { source: 'system' })]);
    expect(due(kernel)).toEqual(['2027-08-02T07:00:00.000Z']);
  });

  it('lets a publication look only ahead: what is past then is passed over without a word', () => {
    const kernel = new Kernel().publish(timed(contractEnd, {}, series));
    kernel.facts.contracts = ending('2026-07-01');
    expect(look(kernel).traces).toEqual([]);
    expect(due(kernel)).toEqual(['never']);
  });

  it('is no lateness when the customer has only just done it: a consent given now is welcomed', () => {
    const kernel = new Kernel().publish(timed({ kind: 'date', of: { whose: 'customer', field: 'consents.marketing.email' }, repeats: 'once' }));
    kernel.facts.consents = [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'form', at: NOON - HOUR_MS }];
    const said = () => kernel.advance([kernel.event('consent.changed', {}, { source: 'system' })]);
    expect(entered(said())).toHaveLength(1);
    expect(entered(said())).toEqual([]);
  });

  it('enters nobody by history: whoever is imported is known from now on, and is not welcomed (§1.11)', () => {
    const kernel = new Kernel().publish(timed({ kind: 'date', of: { whose: 'customer', field: 'createdAt' }, repeats: 'once' })).publish(timed(birthday), 'live', 'birthday');
    kernel.facts.createdAt = NOON - 1_000;
    kernel.facts.profile.birthDate = '1990-06-20';
    const result = kernel.advance([kernel.event('customer.created', {}, { source: 'system', historical: true })]);
    expect(result.traces).toEqual([]);
    expect(kernel.alarms.find(({ journeyId }) => journeyId === 'birthday')?.dueAt).toBe(Date.UTC(2026, 5, 20, 7));
  });
});
