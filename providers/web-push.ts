/**
 * Stage 4, dispatch: a notification to every browser of a customer, encrypted for each (RFC 8291) and signed for its push service (RFC 8292). It counts as sent
 * when one push service took it. Taking is not idempotent (§7.3): the topic makes a push service put a repetition in the place of what still waits there, and
 * the tag makes a browser show it in the place of the first, but neither takes back what was seen.
 */
import webPush from 'web-push';
import { postPush, type PushAnswer, type PushPost } from '#providers/post-push.ts';
import { ALL_GONE, decidePushAnswer } from '#domain/messages/decide-push-answer.ts';
import type { WebPushAccount } from '#providers/account.ts';
import type { PushMessage, PushOutcome, PushProvider } from '#providers/ports.ts';

type Post = (post: PushPost, inside: string | null) => Promise<PushAnswer>;
type Device = PushMessage['devices'][number];
/** What one push service said of one browser. */
type Told = { device: Device } & ({ kind: 'taken'; id: string } | { kind: 'gone' } | { kind: 'refused'; status: number; reason: string } | { kind: 'later'; seconds: number } | { kind: 'unavailable'; reason: string } | { kind: 'ambiguous'; reason: string });

/** The two keys of an installation at all push services (RFC 8292). Whoever subscribed trusts them: they stay for ever. */
export const newPushKeys = (): { publicKey: string; privateKey: string } => webPush.generateVAPIDKeys();

/** 32 characters at most (RFC 8030, 5.4): our message id without its hyphens. */
const topicOf = (messageId: string): string => messageId.replaceAll('-', '');

function read(device: Device, answer: PushAnswer, messageId: string): Told {
  if (answer.kind === 'forbidden') return { device, kind: 'refused', status: 0, reason: `not an address of a push service: ${answer.reason}` };
  if (answer.kind === 'unreachable') return { device, kind: 'unavailable', reason: answer.reason };
  if (answer.kind === 'lost') return { device, kind: 'ambiguous', reason: answer.reason };
  const { status, retryAfterSeconds } = answer;
  if (status >= 200 && status < 300) return { device, kind: 'taken', id: answer.location ?? messageId };
  if (status === 404 || status === 410) return { device, kind: 'gone' };
  if (status === 429) return { device, kind: 'later', seconds: retryAfterSeconds ?? 1 };
  if (status === 503) return { device, kind: 'unavailable', reason: 'HTTP 503' };
  if (status >= 500 || status === 408) return { device, kind: 'ambiguous', reason: `HTTP ${status}` };
  return { device, kind: 'refused', status, reason: `HTTP ${status}` };
}

/** One answer of many. */
function together(told: Told[]): PushOutcome {
  const gone = told.flatMap(({ kind, device }) => (kind === 'gone' ? [device.id] : []));
  const decided = decidePushAnswer(told.map(({ kind }) => kind));
  const answer = told.find(({ kind }) => kind === decided);
  switch (answer?.kind) {
    case 'taken': return { kind: 'sent', providerMessageId: answer.id, gone };
    case 'ambiguous': return { kind: 'ambiguous', reason: answer.reason, gone };
    case 'later': return { kind: 'rateLimited', retryAfterSeconds: answer.seconds, gone };
    case 'unavailable': return { kind: 'unavailable', reason: answer.reason, gone };
    case 'refused': return { kind: 'refused', code: String(answer.status), reason: answer.reason, permanent: true, gone };
    default: return { kind: 'refused', code: ALL_GONE.vendorCode, reason: ALL_GONE.vendorReason, permanent: true, gone };
  }
}

/** Opens the push services of an account; with a `baseUrl` it speaks to the simulated one there, and to no other. */
export function openWebPush(account: WebPushAccount, post: Post = postPush): PushProvider {
  const { publicKey, privateKey, subject, baseUrl } = account;
  return {
    kind: 'webpush',
    repeatable: false,
    async send({ messageId, devices, notification, ttlSeconds, urgency }: PushMessage): Promise<PushOutcome> {
      const text = JSON.stringify({ ...notification, tag: messageId });
      const told = await Promise.all(devices.map(async (device): Promise<Told> => {
        let made: { endpoint: string; headers: Record<string, unknown>; body: Buffer };
        try {
          made = webPush.generateRequestDetails({ endpoint: device.endpoint, keys: { p256dh: device.p256dh, auth: device.auth } }, text, {
            vapidDetails: { subject, publicKey, privateKey }, TTL: ttlSeconds, urgency, topic: topicOf(messageId), contentEncoding: 'aes128gcm',
          });
        } catch {
          return { device, kind: 'gone' };
        }
        const headers = Object.fromEntries(Object.entries(made.headers).map(([name, value]) => [name, String(value)]));
        return read(device, await post({ endpoint: made.endpoint, headers, body: made.body }, baseUrl ?? null), messageId);
      }));
      return together(told);
    },
  };
}
