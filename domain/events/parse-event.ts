/**
 * Stage 1, ingest: what a merchant, a till or a website posts, element by element, in; an event to accept, to keep without effect, or to refuse
 * with the reason, out (§1.11, §10.20, §11.4). It reads nothing and stores nothing; the same input at the same instant gives the same answer.
 */
import { z } from 'zod';
import { Purchase, Return } from '#domain/events/purchase.ts';
import { checkProperties, type EventSchema } from '#domain/events/event-schema.ts';
import { findUnstorable } from '#domain/events/canonical-body.ts';
import { IDENTIFIER_KINDS, normaliseIdentifier, type Identifier } from '#domain/customers/identifiers.ts';
import { ProfileChange } from '#domain/customers/profile.ts';
import { parseId } from '#domain/shared/ids.ts';
import type { Problem } from '#domain/shared/result.ts';
import { formatInstant, MINUTE_MS, parseInstant, type Instant } from '#domain/shared/time.ts';

/** Types that only the product writes begin like this. */
export const RESERVED_TYPE_PREFIXES = ['customer.', 'consent.', 'points.', 'tier.', 'segment.', 'offer.', 'message.', 'pressure.', 'journey.'] as const;
const FUTURE_MS = 5 * MINUTE_MS;
/** 1900-01-01T00:00:00Z: no till is older, and what is may be more than a database can hold. */
const EARLIEST: Instant = -2_208_988_800_000;
const Text = z.string().trim().min(1).max(200);

/** The envelope of a posted event; what an author of a till reads in the API's documentation. */
export const PostedEvent = z.strictObject({
  id: Text,
  type: z.string().regex(/^[a-z][a-zA-Z0-9_-]*(\.[a-zA-Z0-9_-]+)*$/, 'a type begins with a small letter and has letters, digits, _ and -, with dots between words').max(100),
  occurredAt: z.string().optional(),
  customer: z.strictObject({ id: Text.optional(), card: Text.optional(), externalId: Text.optional(), email: Text.optional(), phone: Text.optional(), profile: ProfileChange.optional() }).optional(),
  store: Text.optional(),
  historical: z.boolean().optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
});
export type PostedEvent = z.infer<typeof PostedEvent>;

export type ParsedEvent = {
  id: string;
  type: string;
  occurredAt: Instant;
  /** The customer's UUID, when the event names it by our own id. */
  customerId: string | null;
  /** Normalised, in the order of precedence. With neither id nor identifiers the event belongs to nobody (§11.9). */
  identifiers: Identifier[];
  profile: ProfileChange | null;
  /** The store's external id. */
  store: string | null;
  historical: boolean;
  properties: Record<string, unknown>;
  /** The typed reading of the properties, when the type has one. */
  body: { kind: 'purchase'; purchase: Purchase } | { kind: 'return'; back: Return } | null;
};

export type EventOutcome =
  | { outcome: 'accepted'; event: ParsedEvent }
  /** Kept, without effect; the event has no `body`. */
  | { outcome: 'quarantined'; event: ParsedEvent; problems: Problem[] }
  | { outcome: 'rejected'; id: string | null; problems: Problem[] };

export type ParseContext = {
  now: Instant;
  /** ISO 4217 code of the workspace, and its country, in which national phone numbers are read. */
  currency: string;
  country: string;
  /** The types known when the registry is closed; null while it is open. */
  closedTypes: ReadonlySet<string> | null;
  /** What was agreed about the events of a type; absent where what was accepted once is read again. */
  schemas?: ReadonlyMap<string, EventSchema>;
};

const problemsOf = (error: z.ZodError, code: string, under: (string | number)[] = []): Problem[] =>
  error.issues.map((issue) => ({ code, message: issue.message, path: [...under, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))] }));

/** Reads one posted event. `purchase` and `return` are known in every registry. A late event is accepted: each journey decides whether it is too late (§1.11). */
export function parseEvent(input: unknown, context: ParseContext): EventOutcome {
  const id = typeof input === 'object' && input !== null && 'id' in input && typeof input.id === 'string' ? input.id : null;
  const reject = (...problems: Problem[]): EventOutcome => ({ outcome: 'rejected', id, problems });
  const unstorable = findUnstorable(input);
  if (unstorable) return reject({ code: 'event.unstorable', message: 'A text holds a character that cannot be stored, or the event nests too deep.', path: unstorable });
  const parsed = PostedEvent.safeParse(input);
  if (!parsed.success) return reject(...problemsOf(parsed.error, 'event.invalid'));
  const posted = parsed.data;
  if (RESERVED_TYPE_PREFIXES.some((prefix) => posted.type.startsWith(prefix))) {
    return reject({ code: 'event.reservedType', message: `Events of type «${posted.type}» are written by Parcours itself: choose another type.`, path: ['type'] });
  }
  const occurredAt = posted.occurredAt === undefined ? context.now : parseInstant(posted.occurredAt);
  const wrongTime = checkTime(occurredAt, context.now);
  if (occurredAt === null || wrongTime) return reject(...(wrongTime ? [wrongTime] : []));
  const { customerId, identifiers, problems } = readCustomer(posted.customer, context.country);
  if (problems.length > 0) return reject(...problems);
  const event: ParsedEvent = {
    id: posted.id, type: posted.type, occurredAt, customerId, identifiers, profile: posted.customer?.profile ?? null, store: posted.store ?? null,
    historical: posted.historical ?? false, properties: posted.properties, body: null,
  };
  const read = readBody(event, context);
  const schema = context.schemas?.get(event.type);
  if (read.outcome !== 'accepted' || schema === undefined) return read;
  const faults = checkProperties(schema, event.properties);
  return faults.length === 0 ? read : { outcome: 'quarantined', event, problems: faults };
}

function checkTime(occurredAt: Instant | null, now: Instant): Problem | null {
  const path = ['occurredAt'];
  if (occurredAt !== null && occurredAt < EARLIEST) return { code: 'event.time', message: `The event says ${formatInstant(occurredAt)}, which is before 1900: check the clock of its sender.`, path };
  if (occurredAt === null) return { code: 'event.time', message: 'A time is written in ISO 8601 with Z or an offset, such as 2026-03-29T08:00:00+02:00.', path };
  if (occurredAt <= now + FUTURE_MS) return null;
  const message = `The event says ${formatInstant(occurredAt)}, which is more than five minutes after now, ${formatInstant(now)}: check the clock of its sender.`;
  return { code: 'event.future', message, path };
}

function readCustomer(customer: PostedEvent['customer'], country: string): Pick<ParsedEvent, 'customerId' | 'identifiers'> & { problems: Problem[] } {
  const problems: Problem[] = [];
  const customerId = customer?.id === undefined ? null : parseId('customer', customer.id);
  if (customer?.id !== undefined && customerId === null) {
    problems.push({ code: 'identifier.invalid', message: 'A customer id looks like cus_0689q5w2f3e1bvm8r6t0x4k9ya; an id of your own goes into externalId.', path: ['customer', 'id'] });
  }
  const identifiers = IDENTIFIER_KINDS.flatMap((kind): Identifier[] => {
    const text = customer?.[kind];
    if (text === undefined) return [];
    const normal = normaliseIdentifier(kind, text, country);
    if (normal.ok) return [{ kind, value: normal.value }];
    problems.push(...normal.problems.map((problem) => ({ ...problem, path: ['customer', ...problem.path] })));
    return [];
  });
  return { customerId, identifiers, problems };
}

/** Types the properties; what is wrong with them quarantines, so that it can be replayed after a fix (§11.4). */
function readBody(event: ParsedEvent, { currency, closedTypes }: ParseContext): EventOutcome {
  const quarantine = (...problems: Problem[]): EventOutcome => ({ outcome: 'quarantined', event, problems });
  const otherCurrency = (code: string): EventOutcome =>
    quarantine({ code: 'event.currency', message: `The workspace counts in ${currency}, and this is in ${code}.`, path: ['properties', 'currency'] });
  if (event.type === 'purchase') {
    const parsed = Purchase.safeParse(event.properties);
    if (!parsed.success) return quarantine(...problemsOf(parsed.error, 'purchase.invalid', ['properties']));
    if (parsed.data.currency !== currency) return otherCurrency(parsed.data.currency);
    return { outcome: 'accepted', event: { ...event, body: { kind: 'purchase', purchase: parsed.data } } };
  }
  if (event.type === 'return') {
    const parsed = Return.safeParse(event.properties);
    if (!parsed.success) return quarantine(...problemsOf(parsed.error, 'return.invalid', ['properties']));
    if (parsed.data.currency !== undefined && parsed.data.currency !== currency) return otherCurrency(parsed.data.currency);
    return { outcome: 'accepted', event: { ...event, body: { kind: 'return', back: parsed.data } } };
  }
  if (closedTypes && !closedTypes.has(event.type)) {
    return quarantine({ code: 'event.unknownType', message: `The registry is closed and does not know the type «${event.type}»: register it, then replay the event.`, path: ['type'] });
  }
  return { outcome: 'accepted', event };
}
