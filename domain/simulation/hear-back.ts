/** Stage 5 of a simulation: what the simulated vendor tells of a message, read by the same `readReport`, with what follows for address and consent. */
import { CHANNEL_FACTS, isChannel } from '#domain/customers/channels.ts';
import type { Consent } from '#domain/customers/consent.ts';
import { readReport } from '#domain/messages/read-report.ts';
import { reportOfCallback } from '#domain/messages/simulated-vendor.ts';
import type { Instant } from '#domain/shared/time.ts';
import { putEntry, type Callback, type Person } from './person.ts';
import { noteMessage, sayMessage, tellEvent, type World } from './world.ts';

/** Hears the first report that is due; answers whether there was one. */
export function hearBack(world: World, person: Person, now: Instant): boolean {
  const due = person.callbacks.filter(({ dueAt }) => dueAt <= now).reduce<Callback | null>((first, callback) => (first && first.dueAt <= callback.dueAt ? first : callback), null);
  if (!due) return false;
  person.callbacks.splice(person.callbacks.indexOf(due), 1);
  const message = person.messages.get(due.messageKey);
  const report = message ? reportOfCallback(message.channel, due) : null;
  if (!message || !report || person.heard.has(due.eventId)) return true;
  person.heard.add(due.eventId);
  const before = message.status;
  const read = readReport(message, report);
  const reason = read.failed ? { code: `vendor.${report.status}`, figures: { detail: report.detail } } : read.status !== before ? null : message.reason;
  Object.assign(message, {
    status: read.status, reason, ...(read.delivered && { deliveredAt: due.happenedAt }), ...(read.opened && { openedAt: due.happenedAt }), ...(read.clicked && { clickedAt: due.happenedAt }),
  });
  if (read.status !== before) sayMessage(world, person, message, now);
  const entry = person.ledger.get(message.key);
  if (before === 'unknown' && entry) putEntry(person, { ...entry, state: 'handedOver' });
  if (report.permanent && message.address !== null && (report.status === 'bounced' || report.status === 'failed')) person.stopped[message.channel] ??= report.status === 'bounced' ? 'bounced' : 'invalid';
  if (report.status === 'complained') changeConsent(world, person, { purpose: 'marketing', channel: 'email', state: 'denied', source: 'complaint', at: now }, now);
  if (read.tells) noteMessage(world, person, message, read.tells, report.detail ? { detail: report.detail } : {}, now);
  return true;
}

/** Keeps a consent that differs from the one in force, with its event. */
export function changeConsent(world: World, person: Person, consent: Consent, now: Instant): void {
  const { purpose, channel, state, source, at } = consent;
  const inForce = person.consents.find((known) => known.purpose === purpose && known.channel === channel);
  if (inForce?.state === state) return;
  person.consents = [...person.consents.filter((known) => known !== inForce), consent];
  tellEvent(world, person, { type: 'consent.changed', occurredAt: at, properties: { purpose, channel, state, source } }, now);
}

/** What a text's refusal says of the number: unsubscribed, or none that can be reached. Twilio's codes, https://www.twilio.com/docs/api/errors */
export function heedRefusal(world: World, person: Person, channel: string, vendorCode: string, now: Instant): void {
  if (!isChannel(channel) || !CHANNEL_FACTS[channel].repliesByKeyword) return;
  if (vendorCode === '21610') changeConsent(world, person, { purpose: 'marketing', channel, state: 'denied', source: 'vendor', at: now }, now);
  else if (vendorCode === '21211' || vendorCode === '21614') person.stopped[channel] ??= 'invalid';
}
