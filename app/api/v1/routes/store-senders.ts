/** In whose name stores speak to their own customers: a name, an address or a number beside the brand's. */
import { z } from 'zod';
import { CHANNEL_NOUNS } from '#domain/customers/channels.ts';
import { STORE_SENDER_CHANNELS, STORE_SENDERS } from '#domain/messages/choose-sender.ts';
import { listStoreSenders, putStoreSender, removeStoreSender } from '#engine/commands/put-store-sender.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { unwrap } from '#app/api/problem.ts';

const params = z.object({ externalId: z.string().min(1).max(200) });
const SenderOut = z.object({
  externalId: z.string().meta({ description: 'The store’s own reference.' }), store: z.string(), channel: z.enum(STORE_SENDER_CHANNELS),
  sender: z.record(z.string(), z.string()).meta({ description: 'E-mail: `name`, `address`, `replyTo`, what is absent being the brand’s. Phones: `from`.' }),
}).meta({ id: 'StoreSender' });

const list = defineRoute({
  method: 'GET', path: '/store-senders', noun: 'Settings', summary: 'List the senders of stores that have their own', scope: 'settings:read', response: z.object({ items: z.array(SenderOut), next: z.null() }),
  async read({ transaction }) {
    return { items: await listStoreSenders(transaction), next: null };
  },
});

const EXAMPLES = { email: { name: 'Lutin Lyon', replyTo: 'lyon@example.com' }, sms: { from: '+33639980001' }, whatsapp: { from: '+33639980001' } } as const;

const puts = STORE_SENDER_CHANNELS.map((channel) => defineRoute({
  method: 'PUT', path: `/stores/{externalId}/senders/${channel}`, noun: 'Settings', summary: `Say in whose name ${CHANNEL_NOUNS[channel]} to the customers of a store leave`, scope: 'settings:write', params,
  description: channel === 'email' ? 'What is left out is the brand’s. In a live workspace an address is of the brand’s own domain or of a verified one. Chosen at hand-over: the trace says which.' : 'A number, a messaging service or a name of the same vendor’s account. Chosen at hand-over: the trace says which.',
  body: STORE_SENDERS[channel], example: EXAMPLES[channel], response: z.object({ channel: z.enum(STORE_SENDER_CHANNELS) }), errors: ['store.unknown', 'sender.domain'],
  async write({ command, engine, params: { externalId }, body }) {
    unwrap(await putStoreSender(command, externalId, channel, body, engine.vendorAccounts.email?.from));
    return { body: { channel } };
  },
}));

const removes = STORE_SENDER_CHANNELS.map((channel) => defineRoute({
  method: 'DELETE', path: `/stores/{externalId}/senders/${channel}`, noun: 'Settings', summary: `Let ${CHANNEL_NOUNS[channel]} to the customers of a store leave in the brand’s name again`, scope: 'settings:write', params, response: z.object({ channel: z.enum(STORE_SENDER_CHANNELS) }), errors: ['store.unknown'],
  async write({ command, params: { externalId } }) {
    await removeStoreSender(command, externalId, channel);
    return { body: { channel } };
  },
}));

export const storeSenderRoutes = [list, ...puts, ...removes];
