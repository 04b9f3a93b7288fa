import { describe, expect, it } from 'vitest';
import type { PlannedRequest } from '#domain/requests/planned-request.ts';
import { answeredEvent } from '#domain/requests/planned-request.ts';
import { validateJourney } from '#domain/journeys/validate.ts';
import { MINUTE_MS } from '#domain/shared/time.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';

const request = (settings: Record<string, unknown> = {}, next: Record<string, string | null> = { next: 'yes', error: 'no', late: 'late' }) => ({
  id: 'a', kind: 'httpRequest',
  settings: { method: 'POST', address: 'https://erp.example.com/c/{{ customer.id }}', body: '{"order":"{{ event.properties.orderId }}","city":"{{ customer.city }}"}', ...settings }, next,
});
const ends = ['yes', 'no', 'late'].map((name) => ({ id: name, kind: 'exit', settings: { name } }));
const asks = (settings?: Record<string, unknown>) => journey({ nodes: [request(settings), { id: 'yes', kind: 'condition', settings: { condition: { field: 'event.properties.body.vip', is: 'equals', value: true } }, next: { yes: 'vip', no: null } }, { id: 'vip', kind: 'exit', settings: { name: 'vip' } }, ...ends.slice(1)] });

const requestsOf = (kernel: Kernel): PlannedRequest[] => kernel.results.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === 'sendRequest' ? [effect.request] : [])));
const answer = (kernel: Kernel, asked: PlannedRequest, status: number | null, body: unknown = {}, reason: string | null = null) => {
  const { type, properties } = answeredEvent(asked, { status, body, reason, attempts: 1 });
  return kernel.post(type, properties, { source: 'system', depth: 1 });
};

describe('an HTTP request (§4.3)', () => {
  it('asks with what is known at that instant, under the key of its visit, and goes on with the answer in hand', () => {
    const kernel = new Kernel().publish(asks());
    kernel.post('purchase', { orderId: 'o-1' });
    const [asked] = requestsOf(kernel);
    expect(asked).toMatchObject({ key: 'enrollment-1:a:1', method: 'POST', address: 'https://erp.example.com/c/customer', body: '{"order":"o-1","city":null}' });
    expect(kernel.endings()).toEqual([null]);
    answer(kernel, asked!, 200, { vip: true });
    expect(kernel.endings()).toEqual(['completed vip at vip']);
  });

  it('hears only the answer to its own visit', () => {
    const kernel = new Kernel().publish(asks());
    kernel.post('purchase', { orderId: 'o-1' });
    kernel.post('purchase', { orderId: 'o-2' });
    const [first, second] = requestsOf(kernel);
    answer(kernel, second!, 200, { vip: false });
    expect(kernel.endings().sort()).toEqual(['completed at yes', null].sort());
    answer(kernel, first!, 200, { vip: true });
    expect(kernel.endings().sort()).toEqual(['completed at yes', 'completed vip at vip']);
  });

  it('§4.5 takes its error way for any other answer, or ends as failed with the reason where there is none', () => {
    const kernel = new Kernel().publish(asks());
    kernel.post('purchase');
    answer(kernel, requestsOf(kernel)[0]!, 404);
    expect(kernel.endings()).toEqual(['completed no at no']);
    expect(kernel.results[1]!.traces.find(({ kind }) => kind === 'failed')).toMatchObject({ data: { reason: { code: 'http.status', figures: { status: 404 } } } });
    const alone = new Kernel().publish(journey({ nodes: [request({}, { next: null })] }));
    alone.post('purchase');
    answer(alone, requestsOf(alone)[0]!, null, null, 'http.unreachable');
    expect(alone.endings()).toEqual(['failed http.unreachable at a']);
  });

  it('goes the late way when the answer does not come in time, and a late answer changes nothing', () => {
    const kernel = new Kernel().publish(asks({ lateAfter: { amount: 15, unit: 'minutes' } }));
    kernel.post('purchase');
    kernel.at(NOON + 14 * MINUTE_MS).advance();
    expect(kernel.endings()).toEqual([null]);
    kernel.at(NOON + 15 * MINUTE_MS).advance();
    expect(kernel.endings()).toEqual(['completed late at late']);
    answer(kernel, requestsOf(kernel)[0]!, 200);
    expect(kernel.endings()).toEqual(['completed late at late']);
  });

  it('§1.7 asks nobody for whoever is held out', () => {
    const held = journey({ entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, holdout: { percent: 50, experiment: 'x' }, next: 'a' }, nodes: [request({}, { next: null })] });
    const told = Array.from({ length: 40 }, (_, index) => {
      const kernel = new Kernel().publish(held);
      kernel.facts.customerId = `customer-${index}`;
      kernel.post('purchase');
      return { heldOut: kernel.enrollments[0]?.state.heldOut ?? false, asked: requestsOf(kernel).length, ending: kernel.endings()[0] };
    });
    expect(new Set(told.map((each) => JSON.stringify(each)))).toEqual(new Set([{ heldOut: true, asked: 0, ending: 'completed at a' }, { heldOut: false, asked: 1, ending: null }].map((each) => JSON.stringify(each))));
  });

  it('§5.1 reserves nothing: it is no message', () => {
    const kernel = new Kernel().publish(asks());
    expect(kernel.post('purchase').effects.map(({ kind }) => kind)).toEqual(['sendRequest']);
    expect(kernel.facts.pressure).toEqual([]);
  });

  it('fails where the address needs what is not known', () => {
    const kernel = new Kernel().publish(asks({ address: 'https://erp.example.com/{{ customer.card }}' }));
    kernel.post('purchase');
    expect(kernel.endings()).toEqual(['completed no at no']);
    expect(requestsOf(kernel)).toEqual([]);
  });

  it('§4.4 is no wait: a cycle that holds nothing else cannot be published', () => {
    const problems = validateJourney(journey({ nodes: [request({}, { next: 'a' })] }), {});
    expect(problems.map(({ code }) => code)).toContain('journey.cycleWithoutWait');
  });

  it('cannot be published with an address that data could turn, a header of ours, a secret that is not there, or a body that is not JSON', () => {
    const codes = (settings: Record<string, unknown>) => validateJourney(journey({ nodes: [request(settings, {})] }), { secrets: new Set(['crm']) }).map(({ code }) => code);
    expect(codes({})).toEqual([]);
    expect(codes({ address: 'https://{{ customer.city }}.example.com/' })).toEqual(['http.address']);
    expect(codes({ address: '' })).toEqual(['http.noAddress']);
    expect(codes({ address: 'https://erp.example.com/{{ secret.crm }}' })).toEqual(['http.variable']);
    expect(codes({ headers: [{ name: 'Host', value: 'x' }] })).toEqual(['http.header']);
    expect(codes({ headers: [{ name: 'Authorization', value: 'Bearer {{ secret.crm }}' }] })).toEqual([]);
    expect(codes({ headers: [{ name: 'Authorization', value: 'Bearer {{ secret.other }}' }] })).toEqual(['reference.secret']);
    expect(codes({ headers: [{ name: 'X-Name', value: '{{ customer.firstName }}' }] })).toEqual(['http.headerValue']);
    expect(codes({ body: '{"a": {{ customer.id }}}' })).toEqual(['http.body']);
  });
});

describe('a task for the staff (§4.3)', () => {
  const task = (settings: Record<string, unknown> = {}) => journey({ exits: [{ on: 'event', event: { type: 'return' } }], nodes: [{ id: 'a', kind: 'createTask', settings: { title: 'Ring {{ customer.firstName }} up about {{ event.properties.orderId }}', assignedTo: 'store', dueIn: { amount: 2, unit: 'calendarDays' }, ...settings }, next: { next: 'w' } }, { id: 'w', kind: 'waitForEvent', settings: { event: { type: 'task.closed', where: { field: 'event.properties.nodeId', is: 'equals', value: 'a' } }, timeout: null }, next: { event: null } }] });

  it('names the customer, the store and the day, under the key of its visit; closing it wakes whoever waits for it', () => {
    const kernel = new Kernel().publish(task());
    kernel.facts.profile = { ...kernel.facts.profile, firstName: 'Zoé', storeId: 's1' };
    const { effects } = kernel.post('purchase', { orderId: 'o-1' });
    expect(effects).toMatchObject([{ kind: 'createTask', task: { key: 'enrollment-1:a:1', kind: 'task', title: 'Ring Zoé up about o-1', assignedTo: 'store', storeId: 's1', dueAt: NOON + 2 * 1_440 * MINUTE_MS, from: { nodeId: 'a', visit: 1 } } }]);
    kernel.post('task.closed', { nodeId: 'other' }, { source: 'system' });
    expect(kernel.endings()).toEqual([null]);
    kernel.post('task.closed', { nodeId: 'a' }, { source: 'system' });
    expect(kernel.endings()).toEqual(['completed at w']);
  });

  it('§2.6 is withdrawn with the rest when the person leaves otherwise than at the end', () => {
    const kernel = new Kernel().publish(task());
    kernel.post('purchase');
    expect(kernel.post('return').effects).toMatchObject([{ kind: 'withdrawMessages', enrollmentId: 'enrollment-1', reason: { code: 'withdrawn.exited' } }]);
  });

  it('cannot be published without saying whose it is, or naming what is not known', () => {
    const codes = (settings: Record<string, unknown>) => validateJourney(task(settings), {}).map(({ code }) => code);
    expect(codes({ assignedTo: 'member' })).toEqual(['task.noMember']);
    expect(codes({ title: 'For {{ secret.crm }}' })).toEqual(['task.variable']);
    expect(codes({})).toEqual([]);
  });
});

describe('a wish to be called (§4.6)', () => {
  it('is a call once for each request, whether or not a journey listens, at the hour that was asked for', () => {
    const kernel = new Kernel();
    const { effects } = kernel.post('callback.requested', { topic: 'Boots', at: '2026-06-15T16:00:00Z' });
    expect(effects).toMatchObject([{ kind: 'createTask', task: { key: 'event:event-1', kind: 'call', title: 'Boots', dueAt: Date.UTC(2026, 5, 15, 16), from: null } }]);
    expect(kernel.post('callback.requested', { at: '2026-06-01T00:00:00Z' }).effects).toMatchObject([{ task: { title: '', dueAt: NOON } }]);
    expect(kernel.post('callback.requested', {}, { historical: true }).effects).toEqual([]);
  });
});
