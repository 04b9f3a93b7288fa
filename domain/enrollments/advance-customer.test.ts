import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/shared/time.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';

const mail = (id: string, next: string | null = null, settings: Record<string, unknown> = {}) => ({ id, kind: 'sendEmail', settings: { templateKey: `mail-${id}`, category: 'promotion', ...settings }, next: { next } });
const wait = (id: string, amount: number, unit: string, next: string | null) => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount, unit } }, next: { next } });
const waitFor = (id: string, type: string, amount: number, next: Record<string, string | null>) => ({ id, kind: 'waitForEvent', settings: { event: { type }, timeout: { amount, unit: 'hours' } }, next });
const entry = (extra: Record<string, unknown>) => ({
  entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'perPeriod', maximumEntries: 1000, period: { amount: 1, unit: 'calendarYears' } }, next: 'a', ...extra },
});

describe('entering', () => {
  it('takes a customer in once ever and keeps a line with the reason of each refusal (§1.2, §1.6)', () => {
    const kernel = new Kernel().publish(journey({ ...entry({ reentry: { mode: 'onceEver' } }), nodes: [mail('a')] }));
    kernel.post('purchase');
    const second = kernel.post('purchase');
    expect(kernel.sent()).toEqual(['mail-a']);
    expect(second.traces).toMatchObject([{ kind: 'entryRefused', data: { reason: { code: 'reentry.onceEver' } } }]);
  });

  it('runs once per key (§1.2)', () => {
    const kernel = new Kernel().publish(journey({ ...entry({ reentry: { mode: 'perKey', property: 'orderId' } }), nodes: [wait('a', 1, 'hours', null)] }));
    for (const orderId of ['1', '2', '1']) kernel.post('purchase', { orderId });
    expect(kernel.enrollments.map(({ entryKey }) => entryKey)).toEqual(['key:1', 'key:2']);
  });

  it('re-enters after exit only when the gap from the end has passed (§1.2)', () => {
    const kernel = new Kernel().publish(journey({ ...entry({ reentry: { mode: 'afterExit', minimumGap: { amount: 2, unit: 'hours' } } }), nodes: [wait('a', 1, 'hours', null)] }));
    kernel.post('purchase');
    kernel.post('purchase');
    kernel.at(NOON + 2 * HOUR_MS).post('purchase');
    kernel.at(NOON + 3 * HOUR_MS).post('purchase');
    const codes = kernel.results.flatMap(({ traces }) => traces.flatMap((line) => (line.kind === 'entryRefused' ? [(line.data['reason'] as { code: string }).code] : [])));
    expect(codes).toEqual(['reentry.stillInside', 'reentry.minimumGap']);
    expect(kernel.enrollments).toHaveLength(2);
  });

  it('lets no historical event enter, and no event older than the limit, but a late one ends a wait (§1.11)', () => {
    const kernel = new Kernel().publish(journey({ nodes: [waitFor('a', 'review', 24, { event: 'b', timeout: null }), mail('b')] }));
    kernel.post('purchase', {}, { historical: true });
    kernel.post('purchase', {}, { occurredAt: NOON - 49 * HOUR_MS });
    expect(kernel.enrollments).toHaveLength(0);
    kernel.post('purchase');
    kernel.post('review', {}, { occurredAt: NOON - 49 * HOUR_MS });
    expect(kernel.sent()).toEqual(['mail-b']);
  });
});

describe('leaving', () => {
  it('tries an event as exit, then goal, then the event awaited, then entry (§2.2)', () => {
    const nodes = [waitFor('a', 'purchase', 24, { event: 'b', timeout: null }), mail('b'), { id: 'g', kind: 'goal', settings: { event: { type: 'purchase' }, then: 'end' } }];
    const withExit = new Kernel().publish(journey({ exits: [{ on: 'event', name: 'bought again', event: { type: 'purchase' } }], nodes }));
    withExit.post('purchase');
    withExit.post('purchase');
    expect(withExit.endings()).toEqual(['exited bought again at a', null]);
    const withGoal = new Kernel().publish(journey({ nodes }));
    withGoal.post('purchase');
    withGoal.post('purchase');
    expect(withGoal.endings()).toEqual(['converted at g', null]);
  });

  it('lets an event of the same instant go before a due wait, and a due wait before a later event (§2.2)', () => {
    const definition = journey({ nodes: [waitFor('a', 'review', 24, { event: 'b', timeout: 'c' }), mail('b'), mail('c')] });
    const due = NOON + 24 * HOUR_MS;
    const same = new Kernel().publish(definition);
    same.post('purchase');
    same.at(due).post('review');
    expect(same.sent()).toEqual(['mail-b']);
    const later = new Kernel().publish(definition);
    later.post('purchase');
    later.at(due + 1).post('review');
    expect(later.sent()).toEqual(['mail-c']);
  });

  it('brings the person to a goal that goes on (§2.3)', () => {
    const kernel = new Kernel().publish(journey({ nodes: [wait('a', 9, 'calendarDays', null), { id: 'g', kind: 'goal', settings: { event: { type: 'review' }, then: 'continue' }, next: { next: 'b' } }, mail('b')] }));
    kernel.post('purchase');
    kernel.post('review');
    expect(kernel.sent()).toEqual(['mail-b']);
    expect(kernel.enrollments[0]?.state.converted).toBe(true);
  });

  it('withdraws the messages of an ending other than completed and frees their reservation (§2.6)', () => {
    const kernel = new Kernel().publish(journey({ exits: [{ on: 'event', event: { type: 'return' } }], nodes: [mail('a', 'b'), wait('b', 1, 'hours', null)] }));
    kernel.post('purchase');
    expect(kernel.facts.pressure).toHaveLength(1);
    const result = kernel.post('return');
    expect(result.effects).toMatchObject([{ kind: 'withdrawMessages', reason: { code: 'withdrawn.exited' } }]);
    expect(kernel.facts.pressure).toHaveLength(0);
  });

  it('ends by a condition as soon as a happening makes it true (§2.1)', () => {
    const kernel = new Kernel().publish(journey({
      exits: [{ on: 'condition', name: 'fan', condition: { field: 'customer.attributes.stage', is: 'equals', value: 'fan' } }], nodes: [wait('a', 5, 'hours', 'b'), mail('b')],
    }));
    kernel.post('purchase');
    kernel.facts.profile = { ...kernel.facts.profile, attributes: { stage: 'fan' } };
    kernel.post('customer.changed', { fields: ['attributes.stage'] });
    expect(kernel.endings()).toEqual(['exited fan at a']);
  });
});

describe('waiting', () => {
  it('ends a wait of more than ten minutes at the next full minute, any other at the next full second (§3.8)', () => {
    const odd = NOON + 12_345;
    const long = new Kernel().publish(journey({ nodes: [wait('a', 1, 'hours', null)] })).at(odd);
    long.post('purchase');
    expect(long.enrollments[0]?.state.waiting?.wakeAt).toBe(NOON + HOUR_MS + MINUTE_MS);
    const short = new Kernel().publish(journey({ nodes: [wait('a', 10, 'minutes', null)] })).at(odd);
    short.post('purchase');
    expect(short.enrollments[0]?.state.waiting?.wakeAt).toBe(NOON + 10 * MINUTE_MS + 13_000);
  });

  it('keeps the local hour over the change of clocks for calendar days, and not for hours (§3.1)', () => {
    const before = Date.UTC(2026, 9, 24, 10);
    const wakes = (['calendarDays', 'hours'] as const).map((unit) => {
      const kernel = new Kernel().publish(journey({ nodes: [wait('a', unit === 'hours' ? 24 : 1, unit, null)] })).at(before);
      kernel.post('purchase');
      return kernel.enrollments[0]?.state.waiting?.wakeAt;
    });
    expect(wakes).toEqual([before + 25 * HOUR_MS, before + 24 * HOUR_MS]);
  });

  it('wakes in order over several waits that came due while nothing ran', () => {
    const kernel = new Kernel().publish(journey({ nodes: [wait('a', 1, 'hours', 'b'), mail('b', 'c'), wait('c', 1, 'hours', 'd'), mail('d')] }));
    kernel.post('purchase');
    const result = kernel.at(NOON + DAY_MS).advance();
    expect(kernel.sent()).toEqual(['mail-b', 'mail-d']);
    expect(result.traces.at(-1)).toMatchObject({ kind: 'ended', at: NOON + 2 * HOUR_MS });
  });

  it('changes nothing when asked again: whoever comes next finds nothing to do', () => {
    const kernel = new Kernel().publish(journey({ nodes: [wait('a', 1, 'hours', null)] }));
    kernel.post('purchase');
    expect(kernel.advance()).toMatchObject({ effects: [], enrollments: [], traces: [], passes: [] });
  });
});

describe('splitting and acting', () => {
  it('ends a customer who takes a thousand steps with that reason (§4.4)', () => {
    const loop = journey({ nodes: [wait('a', 1, 'minutes', 'a')] });
    const kernel = new Kernel().publish(loop);
    kernel.post('purchase');
    kernel.at(NOON + 30 * DAY_MS).advance();
    expect(kernel.endings()).toEqual(['failed tooManySteps at a']);
  });

  it('takes the error way of a node that fails, else ends as failed (§4.5)', () => {
    const failing = (next: Record<string, string>) => journey({ nodes: [{ id: 'a', kind: 'grantOffer', settings: { offerKey: 'gone' }, next }, mail('b')] });
    const withWay = new Kernel().publish(failing({ error: 'b' }));
    withWay.post('purchase');
    expect(withWay.sent()).toEqual(['mail-b']);
    const without = new Kernel().publish(failing({ next: 'b' }));
    without.post('purchase');
    expect(without.endings()).toEqual(['failed offer.unknown at a']);
  });

  it('reserves at a pressure check for the next message of the category, which does not ask again (§4.7)', () => {
    const policy = { ...new Kernel().rules.policy, rules: [{ key: 'one', scope: { kind: 'everyone' as const }, window: { kind: 'calendar' as const, unit: 'week' as const }, maximumCount: 1 }] };
    const check = { id: 'a', kind: 'pressureCheck', settings: { category: 'promotion', channel: 'email' }, next: { passes: 'b', capped: null } };
    const kernel = new Kernel({ policy }).publish(journey({ nodes: [check, wait('b', 1, 'hours', 'c'), mail('c')] }), 'live', 'first');
    kernel.publish(journey({ ...entry({ trigger: { kind: 'event', event: { type: 'visit' } } }), nodes: [mail('a')] }), 'live', 'second');
    kernel.post('purchase');
    kernel.post('visit');
    expect(kernel.refused()).toEqual([{ template: 'mail-a', code: 'capped' }]);
    kernel.at(NOON + HOUR_MS).advance();
    expect(kernel.sent()).toEqual(['mail-c']);
    expect(kernel.facts.pressure.map(({ nodeId, messageKey }) => [nodeId, messageKey])).toEqual([['a', 'enrollment-1:c:1']]);
  });

  it('releases a check whose branch ends without a message (§4.7)', () => {
    const check = { id: 'a', kind: 'pressureCheck', settings: { category: 'promotion', channel: 'email' }, next: { passes: 'b' } };
    const kernel = new Kernel().publish(journey({ nodes: [check, { id: 'b', kind: 'exit', settings: {} }] }));
    kernel.post('purchase');
    expect(kernel.facts.pressure).toEqual([]);
  });

  it('sends exactly three of five journeys on one event under a cap of three, each refusal explained (§5.5, §5.11)', () => {
    const kernel = new Kernel();
    for (const key of ['j1', 'j2', 'j3', 'j4', 'j5']) kernel.publish(journey({ key, name: key, nodes: [mail('a')] }));
    kernel.post('purchase');
    expect(kernel.sent()).toHaveLength(3);
    expect(kernel.refused()).toHaveLength(2);
    const refusal = kernel.results[0]!.effects.find((effect) => effect.kind === 'refuseMessage');
    expect(refusal).toMatchObject({ reason: { figures: { refusals: [{ code: 'pressure.count', figures: { counted: 3, maximum: 3, filledBy: [{ label: 'j1' }, { label: 'j2' }, { label: 'j3' }] } }] } } });
  });

  it('holds a capped message at its node until pressure falls or the hold expires, then takes the expired way (§5.8, §5.18)', () => {
    const policy = { ...new Kernel().rules.policy, rules: [{ key: 'day', scope: { kind: 'everyone' as const }, window: { kind: 'rolling' as const, seconds: 86_400 }, maximumCount: 1 }] };
    const held = (seconds: number) => new Kernel({ policy }).publish(journey({ nodes: [mail('a', 'b'), { ...mail('b', 'c', { whenCapped: { kind: 'hold', expiresAfterSeconds: seconds } }), next: { next: 'c', expired: 'd' } }, wait('c', 1, 'hours', null), { id: 'd', kind: 'exit', settings: { name: 'too late' } }] }));
    const free = held(2 * 86_400);
    free.post('purchase');
    expect(free.sent()).toEqual(['mail-a']);
    free.at(free.enrollments[0]!.state.waiting!.wakeAt!).advance();
    expect(free.sent()).toEqual(['mail-a', 'mail-b']);
    const late = held(3_600);
    late.post('purchase');
    late.at(NOON + HOUR_MS).advance();
    expect(late.sent()).toEqual(['mail-a']);
    expect(late.refused()).toEqual([{ template: 'mail-b', code: 'expired' }]);
    expect(late.endings()).toEqual(['completed too late at d']);
  });

  describe('a capped message does what its author chose (§5.8)', () => {
    const policy = { ...new Kernel().rules.policy, rules: [{ key: 'day', scope: { kind: 'channel' as const, channel: 'email' as const }, window: { kind: 'rolling' as const, seconds: 86_400 }, maximumCount: 1 }] };
    const capped = (whenCapped: Record<string, unknown>, next: Record<string, string | null> = { next: 'c' }) => {
      const kernel = new Kernel({ policy }).publish(journey({ nodes: [mail('a', 'b'), { ...mail('b', 'c', { whenCapped }), next }, mail('c', null, { category: 'transactional' }), { id: 'd', kind: 'exit', settings: { name: 'capped way' } }] }));
      kernel.post('purchase');
      return kernel;
    };

    it('leaves the journey as exited, and what waited to leave is withdrawn (§2.6)', () => {
      const kernel = capped({ kind: 'exit' });
      expect(kernel.endings()).toEqual(['exited capped at b']);
      expect(kernel.refused()).toEqual([{ template: 'mail-b', code: 'capped' }]);
      expect(kernel.results[0]!.effects.at(-1)).toMatchObject({ kind: 'withdrawMessages', reason: { code: 'withdrawn.exited', figures: { detail: 'capped' } } });
    });

    it('takes the capped way', () => {
      expect(capped({ kind: 'branch' }, { next: 'c', capped: 'd' }).endings()).toEqual(['completed capped way at d']);
    });

    it('leaves by the other channel under the same key, and the trace keeps both (§7.8)', () => {
      const kernel = capped({ kind: 'otherChannel', channel: 'sms', templateKey: 'text' });
      expect(kernel.sent()).toEqual(['mail-a', 'text', 'mail-c']);
      const text = kernel.results[0]!.effects.flatMap((effect) => (effect.kind === 'sendMessage' && effect.message.channel === 'sms' ? [effect.message.key] : []));
      expect(text).toEqual([`${kernel.enrollments[0]!.id}:b:1`]);
      const passed = kernel.results[0]!.traces.find(({ kind, nodeId }) => kind === 'passed' && nodeId === 'b');
      expect(passed?.data).toMatchObject({ channel: 'sms', insteadOf: { channel: 'email', refused: { code: 'capped' } } });
    });

    it('is refused for what the other channel meets, such as a missing consent', () => {
      const kernel = new Kernel({ policy });
      kernel.facts.consents = kernel.facts.consents.filter(({ channel }) => channel === 'email');
      kernel.publish(journey({ nodes: [mail('a', 'b'), mail('b', null, { whenCapped: { kind: 'otherChannel', channel: 'sms', templateKey: 'text' } })] })).post('purchase');
      expect(kernel.refused()).toEqual([{ template: 'text', code: 'consent.noConsent' }]);
    });
  });

  it('keeps what a paused journey would have answered and leaves its people where they are (§8.4)', () => {
    const definition = journey({ nodes: [waitFor('a', 'review', 24, { event: 'b', timeout: 'c' }), mail('b'), mail('c')] });
    const kernel = new Kernel().publish(definition);
    kernel.post('purchase');
    kernel.publish(definition, 'paused');
    const review = kernel.at(NOON + HOUR_MS).event('review');
    const paused = kernel.advance([review]);
    expect(paused.effects).toEqual([{ kind: 'deferEvent', journeyId: 'test', eventId: review.id, no: review.no }]);
    kernel.publish(definition).at(NOON + 2 * DAY_MS).advance([{ event: review, onlyJourneyId: 'test' }]);
    expect(kernel.sent()).toEqual(['mail-b']);
  });

  it('lets everyone go with that reason when a journey is stopped (§8.5)', () => {
    const definition = journey({ nodes: [wait('a', 1, 'hours', null)] });
    const kernel = new Kernel().publish(definition);
    kernel.post('purchase');
    kernel.publish(definition, 'stopped').advance();
    expect(kernel.endings()).toEqual(['stopped at a']);
  });
});
