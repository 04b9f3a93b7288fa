/**
 * Sends the simulated vendors' webhooks that are due in their workspace's time, signed as the vendor signs at the moment of sending. At least
 * once: what is not answered with 2xx is tried again with a growing pause, on machine time, and given up after the twelfth try.
 */
import { Webhook } from 'standardwebhooks';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { z } from 'zod';
import { MESSAGE_STATUSES, nextDeliveryStatus } from '#domain/messages/delivery-status.ts';
import { RESEND_STATUSES } from '#providers/parse-resend-webhook.ts';
import { TWILIO_STATUSES } from '#providers/parse-twilio-webhook.ts';
import type { ClaimedCallback, VendorStore } from '#db/queries/vendor-store.ts';

const CLAIM_SIZE = 16;
const LEASE_SECONDS = 15;
const TIMEOUT_MS = 10_000;
const MAXIMUM_ATTEMPTS = 12;
const LONGEST_PAUSE_SECONDS = 60;

const ResendBody = z.object({ type: z.string(), data: z.object({ email_id: z.string() }) });
const MailboxStatus = z.enum(MESSAGE_STATUSES);

export type CallbackDeliverer = {
  /** Sends all that is due now; answers when every attempt under way, this call's or another's, has ended. */
  run(): Promise<void>;
  /** Whether nothing due is left and nothing is under way. */
  settled(): Promise<boolean>;
};

/** A deliverer over a store. Several may share a store: claims are leases. */
export function openDeliverer(store: VendorStore): CallbackDeliverer {
  const underWay = new Set<Promise<void>>();

  async function run(): Promise<void> {
    for (;;) {
      const claimed = await store.claimDueCallbacks(CLAIM_SIZE, LEASE_SECONDS);
      for (const callback of claimed) {
        const attempt = deliver(store, callback).finally(() => underWay.delete(attempt));
        underWay.add(attempt);
      }
      await Promise.all(underWay);
      if (claimed.length === 0) return;
    }
  }

  return { run, settled: async () => underWay.size === 0 && (await store.countDueCallbacks()) === 0 };
}

async function deliver(store: VendorStore, callback: ClaimedCallback): Promise<void> {
  if (await post(callback)) {
    await recordStatus(store, callback);
    await store.finishCallback(callback.id, { state: 'done' });
  } else if (callback.attempts >= MAXIMUM_ATTEMPTS) {
    await store.finishCallback(callback.id, { state: 'dead' });
  } else {
    await store.finishCallback(callback.id, { state: 'pending', retryAfterSeconds: Math.min(LONGEST_PAUSE_SECONDS, 0.25 * 2 ** callback.attempts) });
  }
}

async function post(callback: ClaimedCallback): Promise<boolean> {
  try {
    const headers = { ...callback.headers, ...signatureOf(callback) };
    const response = await fetch(callback.url, { method: 'POST', headers, body: callback.body, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function signatureOf({ vendor, signingSecret, url, headers, body }: ClaimedCallback): Record<string, string> {
  if (vendor === 'twilio') return { 'x-twilio-signature': getExpectedTwilioSignature(signingSecret, url, Object.fromEntries(new URLSearchParams(body))) };
  const signedAt = new Date();
  const signature = new Webhook(signingSecret).sign(headers['svix-id'] ?? '', signedAt, body);
  return { 'svix-timestamp': String(Math.floor(signedAt.getTime() / 1_000)), 'svix-signature': signature };
}

/** The mailbox shows what the vendor has told so far. */
async function recordStatus(store: VendorStore, { vendor, body }: ClaimedCallback): Promise<void> {
  const [id, status] = vendor === 'resend' ? toldByResend(body) : toldByTwilio(body);
  if (id === null || status === undefined) return;
  for (let isTold = false; !isTold;) {
    const message = await store.findMessage(id);
    const next = message && nextDeliveryStatus(MailboxStatus.parse(message.status), { status });
    isTold = !message || !next || next === message.status || (await store.setMessageStatus(message.id, next, message.status));
  }
}

function toldByResend(body: string) {
  const { type, data } = ResendBody.parse(JSON.parse(body));
  return [data.email_id, RESEND_STATUSES[type]] as const;
}

function toldByTwilio(body: string) {
  const params = new URLSearchParams(body);
  return [params.get('MessageSid'), TWILIO_STATUSES[params.get('MessageStatus') ?? '']] as const;
}
