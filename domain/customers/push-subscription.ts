/** A browser in which a customer takes notifications, as it says itself (`PushSubscription.toJSON()` of the Push API). */
import { z } from 'zod';

const base64url = (bytes: number, what: string) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}=*$`), `${what} are ${bytes} bytes in base64url`).transform((text) => text.replace(/=+$/, ''));

/** An https address of a push service, and the keys by which only this browser can read what it is sent (RFC 8291). */
export const PushSubscription = z.object({
  endpoint: z.url({ protocol: /^https$/ }).max(2_000).refine((address) => /^https:\/\/[^/?#@:]+(:443)?([/?#]|$)/i.test(address), 'A push service is reached over https at its usual port, without a name or a password.'),
  keys: z.object({ p256dh: base64url(65, 'the keys of the browser'), auth: base64url(16, 'the shared secret') }),
});
export type PushSubscription = z.infer<typeof PushSubscription>;

/** As many browsers as one customer can have. */
export const MOST_SUBSCRIPTIONS = 20;

/** A notification travels encrypted in one record of 4,096 bytes (RFC 8291, 4): what it says has to leave room for its cover. */
export const MOST_NOTIFICATION_BYTES = 3_800;
