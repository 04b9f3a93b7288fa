/** Notifications (Web Push): the key that a website shows its visitors' browsers, and the browsers of a customer. */
import { z } from 'zod';
import { findCustomer } from '#db/queries/customers.ts';
import { listPushSubscriptions, type PushSubscriptionRow } from '#db/queries/push-subscriptions.ts';
import { PushSubscription } from '#domain/customers/push-subscription.ts';
import { SIMULATED_BROWSERS } from '#domain/messages/simulated-vendor.ts';
import { formatId } from '#domain/shared/ids.ts';
import { audit } from '#engine/commands/command-context.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { pushAccount, subscribe, unsubscribe } from '#engine/push-subscriptions.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso } from '#app/api/edge.ts';

const params = z.object({ customerId: IdOf('customer') });
const Out = z.object({ id: Id('pushSubscription'), service: z.string().meta({ description: 'The host of the push service.' }), userAgent: z.string().nullable(), createdAt: Iso, seenAt: Iso }).meta({ id: 'PushSubscription' });
const toOut = ({ id, createdAt, seenAt, ...row }: PushSubscriptionRow): z.input<typeof Out> => ({ ...row, id: formatId('pushSubscription', id), createdAt: iso(createdAt), seenAt: iso(seenAt) });

const key = defineRoute({
  method: 'GET', path: '/push-key', noun: 'Notifications', summary: 'Read the key that browsers subscribe with', scope: 'customers:read', response: z.object({ publicKey: z.string() }), errors: ['push.noVendor'],
  description: 'The `applicationServerKey` of the Push API. It is made when it is first read and stays the same.',
  async read({ engine, transaction, workspaceId }) {
    return { publicKey: (await pushAccount(engine, transaction, workspaceId)).publicKey };
  },
});

const list = defineRoute({
  method: 'GET', path: '/customers/{customerId}/push-subscriptions', noun: 'Notifications', summary: 'List the browsers in which a customer takes notifications', scope: 'customers:read', params, response: z.object({ items: z.array(Out) }), errors: ['customer.unknown'],
  async read({ transaction, params: { customerId } }) {
    if (!(await findCustomer(transaction, customerId))) throw new PermanentError('customer.unknown', 'There is no such customer.');
    return { items: (await listPushSubscriptions(transaction, customerId)).map(toOut) };
  },
});

const add = defineRoute({
  method: 'POST', path: '/customers/{customerId}/push-subscriptions', noun: 'Notifications', summary: 'Keep a browser in which a customer takes notifications', scope: 'customers:write', status: 201, params,
  description: 'What `PushSubscription.toJSON()` gives in the browser, and the wording to which the customer agreed: it is kept as consent to notifications. In a sandbox `simulated` makes a browser up, and says how its push service behaves.',
  body: z.strictObject({
    subscription: PushSubscription.optional(), simulated: z.enum(SIMULATED_BROWSERS).optional(), userAgent: z.string().max(300).optional(), source: z.string().min(1).max(100).default('website'), wordingVersion: z.string().min(1).max(100), proof: z.record(z.string(), z.unknown()).optional(),
  }).refine(({ subscription, simulated }) => (subscription === undefined) !== (simulated === undefined), { message: 'Give a subscription, or in a sandbox simulated, one of them.', path: ['subscription'] }),
  example: { subscription: { endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/gAAA', keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) } }, wordingVersion: '2026-03' },
  response: Out, errors: ['customer.unknown', 'push.otherWorld', 'push.noVendor'],
  async write({ engine, transaction, workspaceId, command, afterCommit, params: { customerId }, body: { subscription, simulated, userAgent, source, wordingVersion, proof } }) {
    const browser = subscription ?? { simulated: simulated ?? 'kept' };
    const { id, events } = await subscribe(engine, transaction, workspaceId, { customerId, browser, userAgent: userAgent ?? null, source, wordingVersion, ...(proof && { proof }) });
    await audit(command, { action: 'customer.pushOn', subject: formatId('customer', customerId), after: { source } });
    if (events > 0) afterCommit(engine.hintRouters);
    const row = (await listPushSubscriptions(transaction, customerId)).find((each) => each.id === id);
    if (!row) throw new PermanentError('push.unknown', 'There is no such browser.');
    return { status: 201, body: toOut(row) };
  },
});

const remove = defineRoute({
  method: 'DELETE', path: '/customers/{customerId}/push-subscriptions/{pushSubscriptionId}', noun: 'Notifications', summary: 'Take a browser away', scope: 'customers:write', params: params.extend({ pushSubscriptionId: IdOf('pushSubscription') }), response: z.object({ items: z.array(Out) }), errors: ['push.unknown'],
  async write({ transaction, workspaceId, command, params: { customerId, pushSubscriptionId } }) {
    if (!(await unsubscribe(transaction, workspaceId, customerId, { id: pushSubscriptionId }))) throw new PermanentError('push.unknown', 'There is no such browser.');
    await audit(command, { action: 'customer.pushOff', subject: formatId('customer', customerId) });
    return { body: { items: (await listPushSubscriptions(transaction, customerId)).map(toOut) } };
  },
});

export const pushRoutes = [key, list, add, remove];
