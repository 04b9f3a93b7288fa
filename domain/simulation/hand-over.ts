/**
 * Stage 4 of a simulation: what is due on a channel is asked for the last time by the same `decideLeaving`, and whatever may leave reaches the simulated vendor,
 * whose answer its address decides. Nothing is rendered and nothing is sent.
 */
import { isHouseChannel, type Channel } from '#domain/customers/channels.ts';
import { decideLeaving, isNewHold, type DueMessage } from '#domain/messages/decide-leaving.ts';
import { isRepeatable, simulateBrowsers, simulateVendor, type SimulatedOutcome } from '#domain/messages/simulated-vendor.ts';
import { isStoreSenderChannel } from '#domain/messages/choose-sender.ts';
import { chooseLanguage } from '#domain/messages/choose-language.ts';
import { SECOND_MS, type Instant } from '#domain/shared/time.ts';
import type { Reason } from '#domain/enrollments/effects.ts';
import { heedRefusal } from './hear-back.ts';
import { addressOf, factsOf, putEntry, releaseEntries, type Person, type SimulatedMessage } from './person.ts';
import { noteMessage, sayMessage, type World } from './world.ts';

type Held = { message: SimulatedMessage; reason: Reason; isNew: boolean };

/** Hands over what is due on the channel; answers whether anything was. */
export function handOver(world: World, person: Person, channel: Channel, now: Instant): boolean {
  const due = [...person.messages.values()].filter((message) => message.channel === channel && message.waits !== null && message.waits.notBefore <= now);
  if (due.length === 0) return false;
  const facts = factsOf(world, person, now);
  const address = addressOf(world, person, channel);
  const reachable = facts.reachable[channel] ?? { ok: false, reason: 'noAddress' };
  const customer = {
    customerId: person.id, address: !reachable.ok || address === null ? { ok: false as const, reason: reachable.ok ? 'noAddress' : reachable.reason } : { ok: true as const, address, ...(reachable.refusedAt !== undefined && { refusedAt: reachable.refusedAt }) },
    consents: facts.consents, lastPurchaseAt: facts.figures.lastPurchaseAt, country: facts.profile.country ?? world.rules.country, zone: facts.zone, ledger: facts.pressure,
  };
  const asked = due.map((message): DueMessage => ({ ...message, id: message.key, customerId: person.id, withdrawnBy: null }));
  const leaving: SimulatedMessage[] = [];
  const held: Held[] = [];
  const switched: { message: SimulatedMessage; from: SimulatedMessage; reason: Reason }[] = [];
  const suppressed: SimulatedMessage[] = [];
  for (const { message: { key }, verdict } of decideLeaving(asked, new Map([[person.id, customer]]), world.rules, now)) {
    const message = person.messages.get(key)!;
    if (verdict.kind === 'send') {
      Object.assign(message, { status: 'sending', reason: null, waits: null, lawful: { ...verdict.lawful }, address: verdict.address });
      putEntry(person, verdict.entry);
      leaving.push(message);
    } else if (verdict.kind === 'hold') {
      held.push({ message, reason: verdict.reason, isNew: isNewHold(message.reason, verdict.reason) });
      Object.assign(message, { status: 'held', reason: verdict.reason, waits: { notBefore: verdict.until, heldBy: verdict.heldBy } });
      putEntry(person, verdict.reservation);
    } else if (verdict.kind === 'switch') {
      switched.push({ message, from: { ...message }, reason: verdict.reason });
      Object.assign(message, { channel: verdict.channel, templateKey: verdict.templateKey, whenCapped: { kind: 'skip' }, status: 'queued', reason: verdict.reason, waits: { notBefore: now, heldBy: null }, address: null });
      putEntry(person, verdict.reservation);
    } else if (verdict.kind === 'suppress') {
      Object.assign(message, { status: 'suppressed', reason: verdict.reason, waits: null });
      suppressed.push(message);
    }
  }
  releaseEntries(person, suppressed.map(({ key }) => key), now);
  for (const { message, reason, isNew } of held) {
    sayMessage(world, person, message, now);
    if (isNew) noteMessage(world, person, message, 'message.held', { reason }, now);
  }
  for (const { message, from, reason } of switched) {
    sayMessage(world, person, message, now);
    noteMessage(world, person, from, 'message.channelChanged', { reason }, now);
  }
  for (const message of suppressed) {
    sayMessage(world, person, message, now);
    noteMessage(world, person, message, 'message.suppressed', { reason: message.reason }, now);
  }
  callVendor(world, person, leaving, now);
  return true;
}

type Composition = { ok: true; figures: Record<string, unknown> } | { ok: false; reason: Reason };

/** Finds the text's language without rendering it; what only rendering can find out is not found out here. */
function compose(world: World, person: Person, message: SimulatedMessage): Composition {
  const { templates, rules } = world;
  const senders = rules.storeSenders?.[person.profile.storeId ?? ''];
  const sender = senders && isStoreSenderChannel(message.channel) && senders[message.channel] ? { senderStore: senders.store } : {};
  if (templates === null) return { ok: true, figures: { template: message.templateKey, ...sender } };
  const template = templates.get(message.templateKey);
  if (!template) return { ok: false, reason: { code: 'template.unknown' } };
  if (template.channel !== message.channel) return { ok: false, reason: { code: 'template.otherChannel', figures: { template: message.templateKey } } };
  const { language, by } = chooseLanguage(template.languages, person.profile.language ?? null, rules.language);
  return { ok: true, figures: { language, languageBy: by, template: message.templateKey, templateNumber: template.number, ...sender } };
}

function fail(world: World, person: Person, message: SimulatedMessage, reason: Reason, now: Instant): void {
  Object.assign(message, { status: 'failed', reason });
  releaseEntries(person, [message.key], now);
  sayMessage(world, person, message, now);
}

/** One call: all are marked, then the vendor answers for each. */
function callVendor(world: World, person: Person, leaving: readonly SimulatedMessage[], now: Instant): void {
  const composed = leaving.map((message) => ({ message, composition: compose(world, person, message) }));
  const failed = composed.flatMap(({ message, composition }) => (composition.ok ? [] : [{ message, reason: composition.reason }]));
  for (const { message, reason } of failed) fail(world, person, message, reason, now);
  for (const { message, reason } of failed) noteMessage(world, person, message, 'message.failed', { reason }, now);
  const batch = composed.flatMap(({ message, composition }) => (composition.ok ? [{ message, figures: composition.figures }] : []));
  for (const { message, figures } of batch) {
    message.handedOverAt = now;
    noteMessage(world, person, message, 'message.handedOver', figures, now);
  }
  for (const { message } of batch) if (isHouseChannel(message.channel)) lieOnList(world, person, message, now);
  const answered = batch.filter(({ message }) => !isHouseChannel(message.channel)).map(({ message }) => ({ message, outcome: outcomeOf(person, message) }));
  if (answered.some(({ message }) => message.channel === 'push')) person.browsers = person.browsers.filter((browser) => !simulateBrowsers(person.browsers).gone.includes(browser));
  for (const { message, outcome } of answered) applyAnswer(world, person, message, outcome, now);
  for (const { message } of answered) noteMessage(world, person, message, message.status === 'failed' ? 'message.failed' : message.status === 'unknown' ? 'message.unknown' : 'message.sent', message.reason ? { reason: message.reason } : {}, now);
}

/** A letter lies on a batch and a call on the list until somebody says what became of it, which here nobody does. */
function lieOnList(world: World, person: Person, message: SimulatedMessage, now: Instant): void {
  sayMessage(world, person, message, now);
  if (message.channel === 'call') world.say({ kind: 'task', at: now, customerId: person.id, key: message.key, taskKind: 'call', state: 'open', title: message.label, dueAt: null, journeyId: message.journeyId, nodeId: message.nodeId, reason: null });
}

const outcomeOf = ({ browsers }: Person, { channel, address }: SimulatedMessage): SimulatedOutcome<string> => (channel === 'push' ? simulateBrowsers(browsers).outcome : simulateVendor(channel, address ?? '', 1));

/** What the answer makes of the message. A vendor that asks to be asked again takes it the next time; an ambiguous answer is never repeated where repeating may double (§7.3). */
function applyAnswer(world: World, person: Person, message: SimulatedMessage, { answer, callbacks }: SimulatedOutcome<string>, now: Instant): void {
  if (answer.kind === 'refused') {
    heedRefusal(world, person, message.channel, answer.code, now);
    return fail(world, person, message, { code: 'vendor.refused', figures: { vendorCode: answer.code, vendorReason: answer.reason } }, now);
  }
  const isLost = answer.kind === 'error';
  const isAmbiguous = !isRepeatable(message.channel) && (answer.kind === 'acceptedThenReset' || answer.kind === 'acceptedThenError');
  if (isLost || isAmbiguous) {
    Object.assign(message, { status: 'unknown', reason: { code: 'vendor.noAnswer' } });
    const entry = person.ledger.get(message.key);
    if (entry) putEntry(person, { ...entry, state: 'unknown' });
  } else message.status = 'sent';
  sayMessage(world, person, message, now);
  // Twilio dates no report: what it tells happened when it arrives.
  callbacks.forEach(({ afterSeconds, happenedAfterSeconds, kind, errorCode }) => person.callbacks.push({
    dueAt: now + afterSeconds * SECOND_MS, happenedAt: now + (message.channel !== 'email' ? afterSeconds : (happenedAfterSeconds ?? afterSeconds)) * SECOND_MS, kind, errorCode: errorCode ?? null, messageKey: message.key, eventId: `${message.key} ${kind}`,
  }));
}
