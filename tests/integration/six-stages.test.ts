/** One event on its whole way: from the till through the public API, over all six stages, to the report and the timeline; real Postgres, Temporal, vendors and worker. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { until } from '#tests/integration/sleeping-brand.ts';
import { withInstallation, type Installation } from '#tests/integration/with-installation.ts';

const DAY_SECONDS = 86_400;
const Json = z.record(z.string(), z.unknown());
const Report = z.object({ entered: z.number(), inside: z.number(), nodes: z.array(z.object({ nodeId: z.string(), passed: z.record(z.string(), z.number()), messages: z.array(z.object({ status: z.string(), count: z.number() })) })) });
const Timeline = z.object({ items: z.array(z.object({ kind: z.string(), data: z.looseObject({ step: z.string().optional(), port: z.string().optional(), code: z.string().optional(), nodeId: z.string().nullish() }) })) });
const Items = z.object({ items: z.array(Json) });

let call: Installation['call'];
let jump: Installation['jump'];
let mailsTo: Installation['mailsTo'];
let openMail: Installation['openMail'];
withInstallation((made) => ({ call, jump, mailsTo, openMail } = made));

const JOURNEY = {
  formatVersion: 1, key: 'thank-you', name: 'Thank you',
  entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'wait' },
  nodes: [
    { id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 3, unit: 'calendarDays' } }, next: { next: 'spent' } },
    { id: 'spent', kind: 'condition', settings: { condition: { event: 'purchase', count: { atLeast: 1 } } }, next: { yes: 'gift', no: null } },
    { id: 'gift', kind: 'givePoints', settings: { programmeKey: 'points', points: 50 }, next: { next: 'offer' } },
    { id: 'offer', kind: 'grantOffer', settings: { offerKey: 'five' }, next: { next: 'mail' } },
    { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'information' }, next: { next: 'sms' } },
    { id: 'sms', kind: 'sendSms', settings: { templateKey: 'thanks-sms', category: 'information' }, next: {} },
  ],
};

async function prepareBrand(): Promise<string> {
  const fr = { subject: 'Merci {{ customer.firstName }}', html: '<p>Vous avez {{ balance }} points. <a href="https://lutin.test/bottes">Vos bottes</a></p>' };
  await call('PUT', '/programmes/points', { key: 'points', name: { fr: 'Points' }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 } } });
  await call('PUT', '/offers/five', { key: 'five', name: { fr: '5 € offerts' }, benefit: { kind: 'amountOff', amountMinor: 500 }, validity: { days: 30 } });
  await call('PUT', '/templates/thanks', { name: 'Merci', content: { channel: 'email', variants: { fr } } });
  await call('PUT', '/templates/thanks-sms', { name: 'Merci', content: { channel: 'sms', variants: { fr: { text: 'Merci {{ customer.firstName }}' } } } });
  const journey = await call('POST', '/journeys', JOURNEY);
  const journeyId = String(journey['id']);
  await call('POST', `/journeys/${journeyId}/publish`, {});
  return journeyId;
}

it('walks an event over all six stages: till, router, burst, vendor, webhook, report', async () => {
  const journeyId = await prepareBrand();
  const customer = await call('PUT', '/customers', { identifiers: { card: 'A1', email: 'anna@lutin.test', phone: '06 39 98 12 34' }, profile: { firstName: 'Anna', language: 'fr' } });
  const customerId = String(customer['id']);
  await call('PUT', `/customers/${customerId}/consents`, { consents: ['email', 'sms'].map((channel) => ({ purpose: 'marketing', channel, state: 'granted', source: 'till' })) });

  // 1: the till is told at once what the purchase has earned.
  const purchase = { id: 'ticket-1', type: 'purchase', customer: { card: 'A1' }, properties: { orderId: 'ticket-1', amountMinor: 4_250, currency: 'EUR' } };
  const posted = await call('POST', '/events', purchase);
  expect(posted['events']).toMatchObject([{ status: 'accepted', customerId, loyalty: [{ programme: 'points', points: 42, balance: 42 }] }]);
  expect((await call('POST', '/events', purchase))['events']).toMatchObject([{ status: 'duplicate' }]);

  // 2 and 3: the router takes her in, and Temporal sleeps for her.
  await until('Anna waits', async () => Report.parse(await call('GET', `/journeys/${journeyId}/report`)).inside === 1);
  expect(await mailsTo('anna@lutin.test')).toEqual([]);
  expect(await jump(3 * DAY_SECONDS + 120)).toMatchObject({ state: 'done', stuckOn: [] });

  // 4: both messages have left through the vendors' own SDKs, once, with the balance of that moment.
  const [mail, ...more] = await mailsTo('anna@lutin.test');
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('Merci Anna');
  expect(mail?.html).toContain('Vous avez 92 points.');
  expect(await mailsTo('+33639981234')).toMatchObject([{ channel: 'sms' }]);

  // Its link is ours, and leads where the author said; the click is told by the vendor too.
  const link = /href="(http:[^"]+\/l\/[^"]+)"/.exec(mail?.html ?? '')?.[1] ?? '';
  const followed = await fetch(link, { redirect: 'manual' });
  expect([followed.status, followed.headers.get('location')]).toEqual([302, 'https://lutin.test/bottes']);
  await openMail(mail?.id ?? '');

  // 5: the vendors' signed webhooks have come back.
  const messages = await until('both messages are delivered', async () => {
    const { items } = Items.parse(await call('GET', `/customers/${customerId}/messages`));
    return items.length === 2 && items.every((item) => item['status'] === 'delivered') && items.some((item) => item['openedAt'] != null) && items;
  });
  expect(messages.map((message) => message['channel']).sort()).toEqual(['email', 'sms']);
  expect(messages.find((message) => message['channel'] === 'email')?.['clickedAt']).toEqual(expect.any(String));

  // 6: the counters, the points and the timeline say who went where and why.
  const report = Report.parse(await call('GET', `/journeys/${journeyId}/report`));
  expect([report.entered, report.inside]).toEqual([1, 0]);
  const passed = Object.fromEntries(report.nodes.map(({ nodeId, passed: ports }) => [nodeId, ports]));
  expect(passed).toMatchObject({ wait: { next: 1 }, spent: { yes: 1 }, gift: { next: 1 }, offer: { next: 1 }, mail: { next: 1 } });
  expect(report.nodes.find(({ nodeId }) => nodeId === 'mail')?.messages).toMatchObject([{ status: 'delivered', count: 1 }]);
  expect(await call('GET', `/customers/${customerId}/balances`)).toMatchObject({ balances: [{ programme: 'points', amount: 92 }] });
  expect(Items.parse(await call('GET', `/vouchers?customerId=${customerId}`)).items).toMatchObject([{ status: 'issued' }]);
  const timeline = Timeline.parse(await call('GET', `/customers/${customerId}/timeline`)).items.reverse();
  const steps = timeline.flatMap(({ data }) => (data.step === undefined || data.step === 'message' ? [] : [`${data.nodeId ?? 'entry'} ${data.port ?? data.step}`]));
  expect(steps).toEqual(['entry entered', 'wait waiting', 'wait next', 'spent yes', 'gift next', 'offer next', 'mail next', 'sms next', 'sms ended']);
  expect(timeline.filter(({ data }) => data.step === 'message' && data.nodeId === 'mail').map(({ data }) => data.code)).toEqual(['message.handedOver', 'message.sent', 'message.delivered', 'message.clicked']);
  expect(timeline.find(({ kind, data }) => kind === 'points' && data.nodeId === 'gift')?.data).toMatchObject({ journeyName: 'Thank you', drawn: { kind: 'givePoints', settings: { points: 50 } } });
  expect(timeline.find(({ kind, data }) => kind === 'journey' && data.nodeId === 'mail')?.data).toMatchObject({ drawn: { kind: 'sendEmail', names: { template: 'Merci' } } });
  expect(new Set(timeline.map(({ kind }) => kind))).toEqual(new Set(['event', 'points', 'journey', 'message', 'voucher']));
});
