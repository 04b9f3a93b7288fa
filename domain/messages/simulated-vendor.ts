/**
 * What the simulated vendors of sandboxes and tests answer, and which webhooks they send when, decided by the recipient's address alone.
 * Shared by the local vendor server (HTTP, Postgres) and the simulator, so a lie told to production is told to the simulation too.
 */
import { ALL_GONE, decidePushAnswer, type PushAnswerKind } from './decide-push-answer.ts';
import type { ReportStatus } from './delivery-status.ts';

export const EMAIL_CALLBACKS = ['email.sent', 'email.delivered', 'email.delivery_delayed', 'email.bounced', 'email.complained', 'email.suppressed'] as const;
export const SMS_CALLBACKS = ['sent', 'delivered', 'undelivered', 'failed'] as const;
export type EmailCallbackKind = (typeof EMAIL_CALLBACKS)[number];
export type SmsCallbackKind = (typeof SMS_CALLBACKS)[number];

/** What each of simulated Resend's webhooks reports: our name of it, the text beside it, and whether the address is no good for ever. */
export const EMAIL_REPORTS: Record<EmailCallbackKind, { status: ReportStatus; detail: string | null; permanent: boolean }> = {
  'email.sent': { status: 'sent', detail: null, permanent: false },
  'email.delivered': { status: 'delivered', detail: null, permanent: false },
  'email.delivery_delayed': { status: 'delayed', detail: null, permanent: false },
  'email.bounced': { status: 'bounced', detail: 'The recipient\'s mail server rejected the message.', permanent: true },
  'email.complained': { status: 'complained', detail: null, permanent: false },
  'email.suppressed': { status: 'failed', detail: 'The address is on the suppression list.', permanent: true },
};

/** `kept` says whether the vendor really has the message, which the caller may not learn from the answer. */
export type SimulatedAnswer =
  | { kind: 'accepted'; kept: true }
  | { kind: 'acceptedThenReset'; kept: true }
  | { kind: 'acceptedThenError'; kept: true; status: 500 }
  | { kind: 'error'; kept: false; status: 500 }
  | { kind: 'refused'; kept: false; status: number; code: string; reason: string }
  | { kind: 'rateLimited'; kept: false; retryAfterSeconds: number };

/** A webhook that falls due so many seconds of workspace time after the request. A late one tells of what happened earlier. `errorCode` is Twilio's. */
export type SimulatedCallback<Kind> = { afterSeconds: number; happenedAfterSeconds?: number; kind: Kind; errorCode?: number };

/** `early`: the webhooks due at once arrive before the HTTP answer does. */
export type SimulatedOutcome<Kind> = { answer: SimulatedAnswer; early: boolean; callbacks: SimulatedCallback<Kind>[] };

const ACCEPTED: SimulatedAnswer = { kind: 'accepted', kept: true };
const RETRY_AFTER_SECONDS = 1;
const LATE_SECONDS = 6 * 3_600;

type Mode<Kind> = (attempt: number) => SimulatedOutcome<Kind>;
type Way = Partial<SimulatedOutcome<never>>;

const late = <Kind>(callbacks: SimulatedCallback<Kind>[]) =>
  callbacks.map((callback) => ({ ...callback, happenedAfterSeconds: callback.afterSeconds, afterSeconds: callback.afterSeconds + LATE_SECONDS }));
const doubled = <Kind>(callbacks: SimulatedCallback<Kind>[]) => callbacks.flatMap((callback) => [callback, callback]);
const refused = (status: number, code: string, reason: string): Way => ({ answer: { kind: 'refused', kept: false, status, code, reason }, callbacks: [] });
const limitedFirst = <Kind>(times: number, then: SimulatedOutcome<Kind>): Mode<Kind> => (attempt) =>
  attempt <= times ? { answer: { kind: 'rateLimited', kept: false, retryAfterSeconds: RETRY_AFTER_SECONDS }, early: false, callbacks: [] } : then;

function outcomeOf<Kind>(callbacks: SimulatedCallback<Kind>[], way: Way = {}): SimulatedOutcome<Kind> {
  return { answer: way.answer ?? ACCEPTED, early: way.early ?? false, callbacks: way.callbacks ?? callbacks };
}

const at = <Kind>(afterSeconds: number, kind: Kind, errorCode?: number): SimulatedCallback<Kind> => (errorCode ? { afterSeconds, kind, errorCode } : { afterSeconds, kind });
const DELIVERED_EMAIL = [at<EmailCallbackKind>(1, 'email.sent'), at<EmailCallbackKind>(3, 'email.delivered')];
const DELIVERED_SMS = [at<SmsCallbackKind>(1, 'sent'), at<SmsCallbackKind>(3, 'delivered')];
const RESET: Way = { answer: { kind: 'acceptedThenReset', kept: true } };
const ERROR_AFTER: Way = { answer: { kind: 'acceptedThenError', kept: true, status: 500 } };
const LOST: Way = { answer: { kind: 'error', kept: false, status: 500 }, callbacks: [] };

/** The modes of e-mail, named by the local part: `bounced@…` at resend.dev, or `bounced+anything@…` at any domain. */
export const EMAIL_MODES: Record<string, Mode<EmailCallbackKind>> = {
  delivered: () => outcomeOf(DELIVERED_EMAIL),
  bounced: () => outcomeOf([at<EmailCallbackKind>(1, 'email.sent'), at<EmailCallbackKind>(3, 'email.bounced')]),
  complained: () => outcomeOf([...DELIVERED_EMAIL, at<EmailCallbackKind>(60, 'email.complained')]),
  suppressed: () => outcomeOf([at<EmailCallbackKind>(1, 'email.suppressed')]),
  delayed: () => outcomeOf([at<EmailCallbackKind>(1, 'email.sent'), at<EmailCallbackKind>(60, 'email.delivery_delayed'), at<EmailCallbackKind>(600, 'email.delivered')]),
  reset: () => outcomeOf(DELIVERED_EMAIL, RESET),
  error: () => outcomeOf(DELIVERED_EMAIL, ERROR_AFTER),
  lost: () => outcomeOf<EmailCallbackKind>([], LOST),
  limited: limitedFirst(1, outcomeOf(DELIVERED_EMAIL)),
  limited3: limitedFirst(3, outcomeOf(DELIVERED_EMAIL)),
  doubled: () => outcomeOf(doubled(DELIVERED_EMAIL)),
  late: () => outcomeOf(late(DELIVERED_EMAIL)),
  early: () => outcomeOf(DELIVERED_EMAIL.map((callback) => ({ ...callback, afterSeconds: 0 })), { early: true }),
  refused: () => outcomeOf<EmailCallbackKind>([], refused(422, 'validation_error', 'Invalid `to` field.')),
};

/**
 * The modes of SMS, by number. `+336399899NN` lies in the range that ARCEP reserves for works of fiction, so no generated customer
 * should carry one by chance; `+1500555000N` are Twilio's own test numbers.
 */
export const SMS_MODES: Record<string, Mode<SmsCallbackKind>> = {
  '+33639989901': () => outcomeOf([at<SmsCallbackKind>(1, 'sent'), at<SmsCallbackKind>(3, 'undelivered', 30003)]),
  '+33639989902': () => outcomeOf([at<SmsCallbackKind>(1, 'failed', 30001)]),
  '+33639989903': () => outcomeOf(DELIVERED_SMS, RESET),
  '+33639989904': () => outcomeOf(DELIVERED_SMS, ERROR_AFTER),
  '+33639989905': () => outcomeOf<SmsCallbackKind>([], LOST),
  '+33639989906': limitedFirst(1, outcomeOf(DELIVERED_SMS)),
  '+33639989907': limitedFirst(3, outcomeOf(DELIVERED_SMS)),
  '+33639989908': () => outcomeOf(doubled(DELIVERED_SMS)),
  '+33639989909': () => outcomeOf(late(DELIVERED_SMS)),
  '+33639989910': () => outcomeOf(DELIVERED_SMS.map((callback) => ({ ...callback, afterSeconds: 0 })), { early: true }),
  '+33639989911': () => outcomeOf<SmsCallbackKind>([], refused(400, '21610', 'Attempt to send to unsubscribed recipient')),
  '+33639989912': () => outcomeOf<SmsCallbackKind>([], refused(400, '21211', "Invalid 'To' Phone Number")),
  '+15005550001': () => outcomeOf<SmsCallbackKind>([], refused(400, '21211', "Invalid 'To' Phone Number")),
  '+15005550004': () => outcomeOf<SmsCallbackKind>([], refused(400, '21610', 'Attempt to send to unsubscribed recipient')),
  '+15005550009': () => outcomeOf<SmsCallbackKind>([], refused(400, '21614', "'To' number is not a valid mobile number")),
};

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What simulated Resend does with one recipient. `attempt` counts the requests for this address from 1. Unknown addresses are delivered; example.com is refused, as Resend does. */
export function simulateEmail(recipient: string, attempt: number): SimulatedOutcome<EmailCallbackKind> {
  const [local = '', domain = ''] = recipient.toLowerCase().split('@');
  const [mode = '', ...suffix] = local.split('+');
  if (!ADDRESS.test(recipient)) return outcomeOf<EmailCallbackKind>([], refused(422, 'validation_error', 'Invalid `to` field.'));
  if (domain === 'example.com') return outcomeOf<EmailCallbackKind>([], refused(422, 'validation_error', 'Invalid `to` field. Use a test address instead of `example.com`.'));
  const named = domain === 'resend.dev' || suffix.length > 0 ? mode : 'delivered';
  return (Object.hasOwn(EMAIL_MODES, named) ? EMAIL_MODES[named] : undefined)?.(attempt) ?? outcomeOf(DELIVERED_EMAIL);
}

/** What simulated Twilio does with one number in E.164; anything else is refused with 21211. `attempt` counts from 1. */
export function simulateSms(recipient: string, attempt: number): SimulatedOutcome<SmsCallbackKind> {
  if (!/^\+[1-9]\d{6,14}$/.test(recipient)) return outcomeOf<SmsCallbackKind>([], refused(400, '21211', "Invalid 'To' Phone Number"));
  return SMS_MODES[recipient]?.(attempt) ?? outcomeOf(DELIVERED_SMS);
}

/**
 * What the simulated push service does with one browser, by the beginning of its name: `gone-…`, `reset-…`, `error-…`, `lost-…`, `limited-…`, `refused-…`. Push
 * services report nothing afterwards.
 */
const PUSH_MODES: Record<string, Mode<never>> = {
  gone: () => outcomeOf<never>([], refused(410, 'gone', 'push subscription has unsubscribed or expired')),
  refused: () => outcomeOf<never>([], refused(403, 'refused', 'the keys do not belong together')),
  reset: () => outcomeOf<never>([], RESET),
  error: () => outcomeOf<never>([], ERROR_AFTER),
  lost: () => outcomeOf<never>([], LOST),
  limited: limitedFirst<never>(1, outcomeOf<never>([])),
};
export const SIMULATED_BROWSERS = ['kept', 'gone', 'refused', 'reset', 'error', 'lost', 'limited'] as const;

export function simulatePush(browser: string, attempt: number): SimulatedOutcome<never> {
  const mode = browser.split('-')[0] ?? '';
  return (Object.hasOwn(PUSH_MODES, mode) ? PUSH_MODES[mode] : undefined)?.(attempt) ?? outcomeOf<never>([]);
}

/** What becomes of a notification to these browsers, and which of them are no more. A push service that asks to be asked again takes it the next time. */
export function simulateBrowsers(browsers: readonly string[]): { outcome: SimulatedOutcome<never>; gone: string[] } {
  const told = browsers.map((browser) => {
    const { answer } = simulatePush(browser, 1);
    if (answer.kind === 'refused') return { browser, kind: answer.status === 410 ? 'gone' as const : 'refused' as const };
    return { browser, kind: answer.kind === 'accepted' || answer.kind === 'rateLimited' ? 'taken' as const : 'ambiguous' as const };
  });
  const gone = told.flatMap(({ browser, kind }) => (kind === 'gone' ? [browser] : []));
  const answers: Record<PushAnswerKind, () => SimulatedOutcome<never>> = {
    taken: () => outcomeOf<never>([]), later: () => outcomeOf<never>([]), unavailable: () => outcomeOf<never>([]), ambiguous: () => outcomeOf<never>([], LOST),
    refused: () => outcomeOf<never>([], refused(403, '403', 'HTTP 403')), gone: () => outcomeOf<never>([], refused(410, ALL_GONE.vendorCode, ALL_GONE.vendorReason)),
  };
  return { outcome: answers[decidePushAnswer(told.map(({ kind }) => kind))](), gone };
}

const SMS_REPORTS: Record<SmsCallbackKind, ReportStatus> = { sent: 'sent', delivered: 'delivered', undelivered: 'failed', failed: 'failed' };

/** What the simulated vendor of a channel does with one address; WhatsApp and SMS have the same numbers. `attempt` counts the requests for it from 1. */
export const simulateVendor = (channel: string, address: string, attempt: number): SimulatedOutcome<string> =>
  channel === 'email' ? simulateEmail(address, attempt) : channel === 'push' ? simulatePush(address, attempt) : simulateSms(address, attempt);

/** Whether the vendor of a channel may be asked twice for the same message without sending it twice (§7.2, §7.3). */
export const isRepeatable = (channel: string): boolean => channel === 'email';

/** What one webhook of a simulated vendor reports; null for one that says nothing. */
export function reportOfCallback(channel: string, { kind, errorCode }: { kind: string; errorCode: number | null }): { status: ReportStatus; detail: string | null; permanent: boolean } | null {
  if (channel === 'email') {
    const known = EMAIL_CALLBACKS.find((each) => each === kind);
    return known ? EMAIL_REPORTS[known] : null;
  }
  const known = SMS_CALLBACKS.find((each) => each === kind);
  return known ? { status: SMS_REPORTS[known], detail: errorCode === null ? null : String(errorCode), permanent: false } : null;
}
