/**
 * What the messages of all channels share: may this message go to this person, when, and under which pressure. In this order: an address, the
 * law, quiet hours, expiry, pressure (§4.7, §5.8, §6). The answer is a planned message, a refusal with its reason, or a hold.
 */
import { z } from 'zod';
import type { Channel } from '#domain/customers/channels.ts';
import { consentInForce, lawfulness } from '#domain/customers/consent.ts';
import type { Effect, PlannedMessage, Reason } from '#domain/enrollments/effects.ts';
import type { Waiting } from '#domain/enrollments/state.ts';
import { callForbidden } from '#domain/messages/call-rules.ts';
import { nextOpenInstant } from '#domain/messages/quiet-hours.ts';
import { spreadKey } from '#domain/messages/spread-key.ts';
import { decidePressure } from '#domain/pressure/decide-pressure.ts';
import { explainRefusal } from '#domain/pressure/explain-refusal.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { capSwitches, findCategory } from '#domain/pressure/category.ts';
import type { MessageCategory } from '#domain/pressure/policy.ts';
import { resolveCapped, WhenCapped } from '#domain/pressure/when-capped.ts';
import type { Problem } from '#domain/shared/result.ts';
import type { Instant } from '#domain/shared/time.ts';
import { addDuration, Duration, roundWake } from '#domain/journeys/duration.ts';
import { defineNodeKind, keyThatIs, WAITING_COST, type References, type StepInput, type StepOutcome } from '#domain/journeys/node-kind.ts';

export const SendMessageSettings = z.strictObject({
  /** Empty in a draft whose author has not chosen one yet; such a journey cannot be published. */
  templateKey: z.string(),
  category: z.string().min(1),
  /** 100 goes first; the category's own when absent (§5.2). */
  priority: z.number().int().min(0).max(100).optional(),
  whenCapped: WhenCapped.default({ kind: 'skip' }),
  /** After this the message no longer leaves (§6.2). */
  expiresAfter: Duration.optional(),
});
export type SendMessageSettings = z.infer<typeof SendMessageSettings>;

export type MessageChannel = Channel;
type Input = StepInput<SendMessageSettings>;

/** The ledger line that a message of this category at this node would have. */
export function ledgerEntryOf(
  { enrollment, nodeId, visit, rules, journey }: Pick<Input, 'enrollment' | 'nodeId' | 'visit' | 'rules' | 'journey'>,
  message: { channel: string; category: MessageCategory; priority?: number | undefined; at: Instant; dueAt: Instant; reservedBy?: string },
): LedgerEntry {
  const { category } = message;
  return {
    messageKey: `${enrollment.id}:${nodeId}:${visit}`,
    channel: message.channel,
    category: category.key,
    sender: rules.sender,
    weight: category.weight,
    counts: capSwitches(category).counts,
    at: message.at,
    state: 'reserved',
    priority: message.priority ?? category.priority,
    rank: category.rank,
    dueAt: message.dueAt,
    journeyId: journey.id,
    entryKey: enrollment.entryKey,
    nodeId,
    visit,
    label: journey.name,
    ...(message.reservedBy ? { reservedBy: message.reservedBy } : {}),
  };
}

type Draft = { message: PlannedMessage; entry: LedgerEntry; heldBy: Reason | null };

function draftMessage(input: Input, channel: MessageChannel, category: MessageCategory, plannedAt: Instant): Draft | { refused: Reason; message: PlannedMessage } {
  const { settings, facts, rules, now, enrollment, nodeId, visit, journey } = input;
  const expiresAt = settings.expiresAfter ? addDuration(plannedAt, settings.expiresAfter, facts.zone) : null;
  const message: PlannedMessage = {
    key: `${enrollment.id}:${nodeId}:${visit}`,
    channel,
    category: category.key,
    templateKey: settings.templateKey,
    priority: settings.priority ?? category.priority,
    plannedAt,
    dueAt: now,
    expiresAt,
    whenCapped: settings.whenCapped,
    enrollmentId: enrollment.id,
    journeyId: journey.id,
    versionId: journey.versionId,
    entryKey: enrollment.entryKey,
    nodeId,
    visit,
    lawful: null,
    event: enrollment.state.event,
    variables: enrollment.state.variables,
  };
  const reachable = facts.reachable[channel] ?? { ok: false, reason: 'noAddress' };
  if (!reachable.ok) return { message, refused: { code: `unreachable.${reachable.reason}` } };
  const purpose = category.transactional || category.purpose === 'service' ? 'transactional' : 'marketing';
  const law = lawfulness(purpose, channel, facts.consents, rules.consentPolicy, { at: now, lastPurchaseAt: facts.figures.lastPurchaseAt });
  if (!law.lawful) return { message, refused: { code: `consent.${law.reason}`, figures: { since: law.since } } };
  const country = facts.profile.country ?? rules.country;
  const forbidden = callForbidden({
    channel, purpose, country, zone: facts.zone, at: now, ledger: facts.pressure.filter((entry) => entry.messageKey !== message.key), refusedAt: reachable.refusedAt ?? null,
    consent: consentInForce(facts.consents, 'marketing', channel),
  });
  if (forbidden) return { message, refused: forbidden };
  const open = nextOpenInstant({ channel, transactional: category.transactional, country, zone: facts.zone, at: now, spreadKey: spreadKey({ customerId: facts.customerId, journeyId: journey.id, nodeId, visit }) });
  if (expiresAt !== null && (open.at > expiresAt || now >= expiresAt)) return { message, refused: { code: 'expired', figures: { expiresAt, wouldLeaveAt: open.at } } };
  const planned = { ...message, dueAt: open.at, lawful: { ...law.basis } };
  const heldBy = open.heldBy ? { code: 'quietHours', figures: { ...open.heldBy, until: open.at } } : null;
  return { message: planned, heldBy, entry: ledgerEntryOf(input, { channel, category, priority: settings.priority, at: open.at, dueAt: plannedAt }) };
}

/** Plans the message of this node, or says why not; a hold keeps the person here until pressure falls or the hold expires (§5.18). */
function decideMessage(input: Input, channel: MessageChannel, held: Waiting | null): StepOutcome {
  const { settings, rules, facts, enrollment, at, now } = input;
  const category = findCategory(rules.policy, settings.category);
  if (!category) return { kind: 'fail', reason: { code: 'category.unknown', figures: { category: settings.category } } };
  const draft = draftMessage(input, channel, category, held?.since ?? now);
  const check = enrollment.state.checks.find((reservation) => reservation.category === category.key);
  const effects: Effect[] = check ? [{ kind: 'release', messageKey: check.messageKey }] : [];
  if ('refused' in draft) {
    const port = held && draft.refused.code === 'expired' ? 'expired' : 'next';
    return { kind: 'go', port, effects: [...effects, { kind: 'refuseMessage', message: draft.message, reason: draft.refused }], detail: { refused: draft.refused } };
  }
  const { message, entry, heldBy } = draft;
  if (!check) {
    const decision = decidePressure({ policy: rules.policy, ledger: facts.pressure, candidate: { ...entry, ignoresCap: capSwitches(category).ignoresCap }, at: entry.at, zone: facts.zone });
    if (decision.kind === 'capped') {
      const reason = { code: 'capped', figures: { refusals: decision.refusals.map(explainRefusal), freeAt: decision.freeAt } };
      const resolution = resolveCapped(settings.whenCapped, decision, now, { heldSince: held?.since ?? now });
      if (resolution.kind === 'hold') {
        const lookAgainAt = Math.min(resolution.lookAgainAt ?? resolution.expiresAt, resolution.expiresAt, message.expiresAt ?? Infinity);
        const waiting = { wakeAt: roundWake(at, Math.max(lookAgainAt, at)), heldMessageKey: message.key, expiresAt: resolution.expiresAt };
        return { kind: 'wait', waiting, detail: { held: reason } };
      }
      if (resolution.kind === 'otherChannel') return takeOtherChannel(input, resolution, { channel, refused: reason });
      if (resolution.kind === 'exit') {
        return { kind: 'end', ending: 'exited', effects: [{ kind: 'refuseMessage', message, reason }], detail: { name: 'capped', refused: reason } };
      }
      const refused = resolution.kind === 'expired' ? { code: 'expired', figures: { ...reason.figures, heldSince: held?.since ?? now } } : reason;
      return {
        kind: 'go',
        port: resolution.kind === 'expired' ? 'expired' : resolution.kind === 'branch' ? 'capped' : 'next',
        effects: [{ kind: 'refuseMessage', message, reason: refused }],
        detail: { refused },
      };
    }
  }
  // What a check reserved keeps its place in the order (§5.7): only the key, the channel and the instant become the message's own.
  const reserved = check && facts.pressure.find((line) => line.messageKey === check.messageKey);
  effects.push({ kind: 'sendMessage', message, heldBy, entry: reserved ? { ...reserved, messageKey: entry.messageKey, channel, at: entry.at } : entry });
  return { kind: 'go', port: 'next', effects, detail: { planned: message.key, dueAt: message.dueAt, ...(heldBy ? { heldBy } : {}) } };
}

/** The same message by its other channel, asked from the beginning and with the same key; what the first channel met stays in the trace (§5.8, §7.8). */
function takeOtherChannel(input: Input, other: Extract<WhenCapped, { kind: 'otherChannel' }>, insteadOf: { channel: MessageChannel; refused: Reason }): StepOutcome {
  const settings: SendMessageSettings = { ...input.settings, templateKey: other.templateKey, whenCapped: { kind: 'skip' } };
  const outcome = decideMessage({ ...input, settings }, other.channel, null);
  return outcome.kind === 'go' ? { ...outcome, detail: { ...outcome.detail, channel: other.channel, insteadOf } } : outcome;
}

function validateOtherChannel({ whenCapped }: SendMessageSettings, channel: MessageChannel, { templates }: References): Problem[] {
  if (whenCapped.kind !== 'otherChannel') return [];
  const path = ['whenCapped', 'templateKey'];
  if (whenCapped.channel === channel) return [{ code: 'reference.sameChannel', message: 'The other channel is this message’s own: choose another one.', path: ['whenCapped', 'channel'] }];
  if (whenCapped.templateKey === '') return [{ code: 'reference.noTemplate', message: 'Choose the template for the other channel.', path }];
  const templateChannel = templates?.get(whenCapped.templateKey);
  if (templates && templateChannel === undefined) return [{ code: 'reference.template', message: `There is no template «${whenCapped.templateKey}»: create it or choose another.`, path }];
  if (templateChannel !== undefined && templateChannel !== whenCapped.channel) {
    return [{ code: 'reference.templateChannel', message: `The template «${whenCapped.templateKey}» is for ${templateChannel}, not for ${whenCapped.channel}.`, path }];
  }
  return [];
}

/** The ways out that a choice of §5.8 adds. */
const CAPPED_PORTS: Record<WhenCapped['kind'], string[]> = { skip: [], hold: ['expired'], otherChannel: [], exit: [], branch: ['capped'] };

function validateReferences(settings: SendMessageSettings, channel: MessageChannel, { templates, categories }: References): Problem[] {
  const problems: Problem[] = [];
  const templateChannel = templates?.get(settings.templateKey);
  if (settings.templateKey === '') problems.push({ code: 'reference.noTemplate', message: 'Choose the template of this message.', path: ['templateKey'] });
  else if (templates && templateChannel === undefined) {
    problems.push({ code: 'reference.template', message: `There is no template «${settings.templateKey}»: create it or choose another.`, path: ['templateKey'] });
  } else if (templateChannel !== undefined && templateChannel !== channel) {
    problems.push({ code: 'reference.templateChannel', message: `The template «${settings.templateKey}» is for ${templateChannel}, not for ${channel}.`, path: ['templateKey'] });
  }
  if (categories && !categories.has(settings.category)) {
    problems.push({ code: 'reference.category', message: `The pressure policy has no category «${settings.category}».`, path: ['category'] });
  }
  return problems;
}

/** The node kind of one channel. */
export const sendMessageKind = <const K extends string>(kind: K, channel: MessageChannel) =>
  defineNodeKind<K, SendMessageSettings>({
    kind,
    family: 'say',
    settings: SendMessageSettings,
    defaults: (references) => ({ templateKey: '', category: keyThatIs(references?.categories, 'promotion'), whenCapped: { kind: 'skip' } }),
    ports: ({ whenCapped }) => ['next', ...CAPPED_PORTS[whenCapped.kind]],
    canFail: true,
    validate: (settings, references) => [...validateReferences(settings, channel, references), ...validateOtherChannel(settings, channel, references)],
    // A hold can make a person wait here, but no author may count on it to break a cycle.
    waits: false,
    heldOutPort: 'next',
    holds: ({ whenCapped }) => whenCapped.kind === 'hold',
    cost: WAITING_COST,
    step: (input) => decideMessage(input, channel, null),
    resume: (input, waiting) => decideMessage(input, channel, waiting),
  });
