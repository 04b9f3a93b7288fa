/** A connector: an address of ours to which a shop posts, how its posts are signed, and the mapping that makes events of them (§11.4). */
import { z } from 'zod';
import { CONNECTOR_KINDS } from './connector-kinds.ts';
import { ConnectorMapping } from './mapping.ts';

/** An HMAC-SHA256 of the body as it came, in a header; or nothing but the address, which nobody can guess. */
export const Signature = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('none') }),
  z.strictObject({
    method: z.literal('hmac'), header: z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9-]{0,60}$/, 'Write the name of a header, such as x-shop-signature.'), encoding: z.enum(['base64', 'hex']),
    /** What stands before it there, such as `sha256=`. */
    prefix: z.string().max(20).optional(),
  }),
]);
export type Signature = z.infer<typeof Signature>;

/** `quarantined`: nothing of it could be taken. `refused`: not signed by the secret that was kept. Both are kept as they were posted. */
export const POST_STATES = ['accepted', 'duplicate', 'ignored', 'quarantined', 'refused'] as const;
export type PostState = (typeof POST_STATES)[number];

export const ConnectorInput = z.strictObject({
  name: z.string().trim().min(1).max(120),
  kind: z.enum(CONNECTOR_KINDS),
  /** That of its kind when absent. */
  mapping: ConnectorMapping.optional(),
  signature: Signature.optional(),
  /** With which the shop signs; kept when absent. */
  secret: z.string().min(8, 'A secret has at least eight characters.').max(500).regex(/^[\x20-\x7e]+$/, 'A secret has plain characters.').optional(),
});
export type ConnectorInput = z.infer<typeof ConnectorInput>;

/** A shop that is given up on sends for ever: so many are kept in each state, and then the shop is told to try later. */
export const MOST_QUARANTINED = 1_000;
export const MOST_REFUSED = 200;
export const LARGEST_POST_BYTES = 1_000_000;
