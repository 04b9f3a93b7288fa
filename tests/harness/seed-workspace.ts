/** A workspace with one of each thing that a route can name, made through the API and one burst of the router. */
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { inWorkspace } from '#db/connection.ts';
import { formatId, parseId } from '#domain/shared/ids.ts';
import { receivePost } from '#engine/connectors/receive-post.ts';
import { routeOnce } from '#engine/route-events.ts';
import type { Call, TestApi } from '#tests/harness/test-api.ts';

export type Seeded = {
  workspaceId: string; call: Call; externalId: string; customerId: string; journeyId: string; draft: unknown; enrollmentId: string; messageId: string; voucherCode: string; keyId: string; jumpId: string; moveId: string; simulationId: string; taskId: string; letterBatchId: string; businessEventId: string; importId: string; destinationId: string; connectorId: string; postId: string; invitationId: string; tillId: string; staffId: string; imageId: string;
};

/** A PNG of one pixel. */
const ONE_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const firstOf = (body: Record<string, unknown>): Record<string, unknown> => (Array.isArray(body['items']) ? (body['items'][0] ?? {}) : {});

export async function seedWorkspace(api: TestApi, name: string): Promise<Seeded> {
  const workspaceId = await api.makeWorkspace(name);
  const call = api.callerOf(await api.makeKey(workspaceId));
  const must = async (...request: Parameters<Call>): Promise<Record<string, unknown>> => {
    const answer = await call(...request);
    if (answer.status >= 300) throw new Error(`${request[0]} ${request[1]}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const draft = {
    formatVersion: 1, key: name, name,
    entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'mail' },
    nodes: [
      { id: 'mail', kind: 'sendEmail', settings: { templateKey: name, category: 'transactional' }, next: { next: 'gift' } },
      { id: 'gift', kind: 'grantOffer', settings: { offerKey: name }, next: { next: 'wait' } },
      { id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 3, unit: 'calendarDays' } } },
    ],
  };
  await must('PUT', `/templates/${name}`, { name, content: { channel: 'email', variants: { fr: { subject: 'Merci', html: '<p>Merci</p>' } } } });
  await must('PUT', `/offers/${name}`, { key: name, name: { fr: name }, benefit: { kind: 'amountOff', amountMinor: 500 }, validity: { days: 30 } });
  await must('PUT', `/programmes/${name}`, { key: name, name: { fr: name }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 } } });
  await must('PUT', `/stores/${name}`, { name, country: 'FR', timeZone: 'Europe/Paris' });
  const till = await must('POST', `/stores/${name}/tills`, { name });
  await must('PUT', `/stores/${name}/poster`, {});
  const staff = await must('POST', `/stores/${name}/staff`, { name, pin: '4071' });
  await must('PUT', `/places/${name}`, { name, kind: 'qr' });
  await must('PUT', `/products/${name}`, { name: { fr: name }, priceMinor: 100 });
  const journey = await must('POST', '/journeys', draft);
  await must('POST', `/journeys/${String(journey['id'])}/publish`, {});
  const customer = await must('PUT', '/customers', { identifiers: { externalId: `${name}-1`, email: `${name}@example.org` }, profile: { firstName: name } });
  await must('POST', '/events', [
    { id: `${name}-p`, type: 'purchase', customer: { externalId: `${name}-1` }, properties: { orderId: `${name}-o`, amountMinor: 5_000, currency: 'EUR' } },
    { id: `${name}-t`, type: 'their-type', customer: { externalId: `${name}-1` } },
    { id: `${name}-q`, type: 'purchase', properties: { orderId: `${name}-theirs`, amountMinor: 1, currency: 'USD' } },
  ]);
  while ((await routeOnce(api.engine, workspaceId)) > 0);
  const jumpId = newId();
  await inWorkspace(api.database, workspaceId, (transaction) => transaction`
    insert into clock_jumps (id, workspace_id, started_from, target_at, reached_at, freezes, state) values (${jumpId}, ${workspaceId}, now(), now(), now(), false, 'done')`);
  const simulation = await must('POST', '/simulations', { journeys: [{ journeyId: journey['id'] }], to: '2099-01-01T00:00:00Z' });
  const { businessEvent } = await must('POST', '/business-events', { id: `${name}-b`, type: 'their-launch' });
  const moveId = newId();
  await inWorkspace(api.database, workspaceId, (transaction) => transaction`
    insert into journey_moves (id, workspace_id, journey_id, to_version_id, policy, state, total, started_by, started_at)
    select ${moveId}, ${workspaceId}, id, live_version_id, '{}', 'done', 0, 'test', now() from journeys`);
  const letterBatchId = newId();
  await inWorkspace(api.database, workspaceId, (transaction) => transaction`
    insert into letter_batches (id, workspace_id, number, state, created_at) values (${letterBatchId}, ${workspaceId}, 1, 'closed', now())`);
  const customerId = String(customer['id']);
  await must('PUT', `/secrets/${name}`, { value: `${name} key` });
  const destination = await must('POST', '/destinations', { name, address: `https://${name}.example.com/`, types: ['purchase'] });
  const connector = await must('POST', '/connectors', { name, kind: 'woocommerce', secret: `${name} secret` });
  const { body: { post: postId } } = await receivePost(api.engine, String(connector['url']).split('/').at(-1) ?? '', { headers: {}, body: Buffer.from('{}') });
  const task = await must('POST', '/tasks', { customerId, title: name });
  const { id: importId } = (await call('POST', '/imports?kind=customers', `email\n${name}@example.org\n`)).body;
  const { id: imageId } = (await call('POST', `/images?fileName=${name}&alt=${name}&language=fr`, Buffer.from(ONE_PIXEL, 'base64'))).body;
  const enrollment = firstOf(await must('GET', `/journeys/${String(journey['id'])}/enrollments`));
  const message = firstOf(await must('GET', `/customers/${customerId}/messages`));
  const voucher = firstOf(await must('GET', `/vouchers?customerId=${customerId}`));
  const invitation = await must('POST', '/invitations', { email: `${name}@example.org`, role: 'viewer' });
  const key = await must('POST', '/api-keys', { name, scopes: ['events:write'] });
  const seeded = {
    workspaceId, call, externalId: `${name}-1`, customerId, journeyId: String(journey['id']), draft, enrollmentId: String(enrollment['id']), messageId: String(message['id']),
    voucherCode: String(voucher['code']), keyId: String(key['id']), jumpId: formatId('jump', jumpId), moveId: formatId('move', moveId), simulationId: String(simulation['id']), taskId: String(task['id']), letterBatchId: formatId('letterBatch', letterBatchId),
    importId: String(importId), imageId: String(imageId), destinationId: String(destination['id']), connectorId: String(connector['id']), postId: String(postId), invitationId: String(invitation['id']), tillId: String(till['id']), staffId: String(staff['id']), businessEventId: String(z.object({ id: z.string() }).parse(businessEvent).id),
  };
  for (const [kind, id] of [['enrollment', seeded.enrollmentId], ['message', seeded.messageId]] as const) if (parseId(kind, id) === null) throw new Error(`the seed has no ${kind}`);
  return seeded;
}
