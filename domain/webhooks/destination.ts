/** A destination: an address of the brand's own to which events of its choice are sent, each as a signed webhook (§11.5). */
import { z } from 'zod';
import { isAddress } from '#domain/requests/address.ts';
import { pathsIn } from '#domain/shared/fill-in.ts';

/** `disabled` is what a long failure does, never a person. */
export const DESTINATION_STATES = ['active', 'paused', 'disabled'] as const;
export type DestinationState = (typeof DESTINATION_STATES)[number];

export const WEBHOOK_STATES = ['queued', 'sending', 'delivered', 'failed'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** The type of a test delivery; no event has it. */
export const TEST_TYPE = 'webhook.test';

/** https to a host that is written out, with nothing to fill in and no name or password; whether it lies outside is asked when a webhook leaves. */
export const DestinationAddress = z.string().trim().max(2_000).refine(
  (address) => isAddress(address) && pathsIn(address).length === 0,
  'Write the whole address, beginning with https:// and a host by name, for example https://shop.example.com/parcours.',
);

export const DestinationInput = z.strictObject({
  name: z.string().trim().min(1).max(120),
  address: DestinationAddress,
  /** Types of events: ours, and the brand's own. */
  types: z.array(z.string().regex(/^[a-z][a-zA-Z0-9_-]*(\.[a-zA-Z0-9_-]+)*$/, 'A type begins with a small letter and has letters, digits, _ and -, with dots between words.').max(120)).min(1).max(100).transform((types) => [...new Set(types)].sort()),
});
export type DestinationInput = z.infer<typeof DestinationInput>;
