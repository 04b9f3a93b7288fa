/** What is handed to a vendor, as it is kept before the first call, so that a retry sends the same bytes to the same members (§7.2). */
import { z } from 'zod';

const texts = z.record(z.string(), z.string());

const text = {
  messageId: z.string(), to: z.string(), sender: z.union([z.object({ from: z.string() }), z.object({ messagingServiceSid: z.string() })]), body: z.string(),
  validitySeconds: z.number(), statusCallbackUrl: z.string(),
};

export const Payload = z.discriminatedUnion('channel', [
  z.object({
    channel: z.literal('email'), messageId: z.string(), to: z.string(), from: z.string(), replyTo: z.string().optional(), subject: z.string(), html: z.string(), text: z.string(),
    headers: texts, tags: texts,
  }),
  z.object({ channel: z.literal('sms'), ...text }),
  z.object({
    channel: z.literal('letter'), messageId: z.string(), to: z.string(), recipient: z.object({ name: z.string(), street: z.string(), postalCode: z.string(), city: z.string(), country: z.string() }),
    text: z.string(), variables: texts, transactional: z.boolean(),
  }),
  z.object({ channel: z.literal('call'), messageId: z.string(), to: z.string(), text: z.string() }),
  z.object({
    channel: z.literal('push'), messageId: z.string(), to: z.string(), devices: z.array(z.object({ id: z.string(), endpoint: z.string(), p256dh: z.string(), auth: z.string() })),
    notification: z.object({ title: z.string(), body: z.string(), url: z.string().nullable(), icon: z.string().nullable() }), ttlSeconds: z.number(), urgency: z.enum(['normal', 'high']),
  }),
  z.object({ channel: z.literal('whatsapp'), ...text, content: z.object({ sid: z.string(), variables: texts }).nullable() }),
]);
export type Payload = z.infer<typeof Payload>;
