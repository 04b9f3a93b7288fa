/**
 * A post of a shop, read by a mapping: the events that it is, as if somebody had posted them, or what it lacks (§11.4). A rule whose conditions do not hold makes
 * none. What would only spoil an order, a phone number mistyped at the check-out, is left out and told.
 */
import { normaliseIdentifier } from '#domain/customers/identifiers.ts';
import { ProfileChange } from '#domain/customers/profile.ts';
import { spreadOverLines } from '#domain/loyalty/spread-over-lines.ts';
import type { Problem } from '#domain/shared/result.ts';
import { formatInstant, instantOfLocal, parseInstant } from '#domain/shared/time.ts';
import { MAPPED_IDENTIFIERS, MAPPED_PROFILE, type ConnectorMapping, type MappingRule, type PostCondition } from './mapping.ts';
import { readDecimal, toMinor, toNumber } from './read-amount.ts';
import { elementsAt, readSource, readText, type Place } from './source.ts';

export type MapContext = { currency: string; exponent: number; country: string; timeZone: string };
/** `events` are in the shape in which events are posted. Whoever finds problems takes none of them. */
export type MappedPost = { events: Record<string, unknown>[]; problems: Problem[]; warnings: Problem[] };

function holds({ value, is, values = [] }: PostCondition, place: Place): boolean {
  const text = readText(value, place) ?? (readSource(value, place) === null ? null : '');
  if (is === 'present' || is === 'absent') return (text !== null) === (is === 'present');
  return (text !== null && values.includes(text)) === (is === 'in');
}

/** Reads one event; what is wrong goes into the two lists. */
class EventReader {
  constructor(readonly rule: MappingRule, readonly place: Place, readonly mapping: ConnectorMapping, readonly context: MapContext, readonly out: MappedPost, readonly path: (string | number)[]) {}

  private lacks(code: string, message: string, ...path: (string | number)[]): null {
    this.out.problems.push({ code, message, path: [...this.path, ...path] });
    return null;
  }

  private must(source: string, place: Place, ...path: (string | number)[]): string | null {
    return readText(source, place) ?? this.lacks('connector.missing', `The post has nothing at ${source}.`, ...path);
  }

  private amount(source: string | undefined, place: Place, ...path: (string | number)[]): number | null {
    if (source === undefined) return null;
    const read = readDecimal(source, place);
    if (!read.ok) return this.lacks('connector.amount', `The post has no number at ${read.part}.`, ...path);
    return toMinor(read.value, this.mapping.amounts === 'minor' ? 0 : this.context.exponent);
  }

  private instant(): string | null {
    const { occurredAt } = this.rule;
    const text = readText(occurredAt, this.place);
    if (text === null) return null;
    const local = text.replace(' ', 'T');
    const at = parseInstant(local) ?? (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(local) ? readLocal(local, this.mapping.zone ?? this.context.timeZone) : null);
    return at === null ? this.lacks('connector.time', `${occurredAt} is no time: ${text.slice(0, 40)}.`, 'occurredAt') : formatInstant(at);
  }

  private customer(): Record<string, unknown> | null {
    const { customer: sources } = this.rule;
    const identifiers: Record<string, string> = {};
    for (const kind of MAPPED_IDENTIFIERS) {
      const text = readIdentifier(sources[kind], this.place);
      if (text === null) continue;
      const normal = normaliseIdentifier(kind, text, this.context.country);
      if (normal.ok) identifiers[kind] = text;
      else this.out.warnings.push({ code: 'connector.leftOut', message: normal.problems[0]?.message ?? '', path: [...this.path, 'customer', kind] });
    }
    if (Object.keys(identifiers).length === 0) return null;
    const profile: Record<string, string> = {};
    for (const field of MAPPED_PROFILE) {
      const text = readText(sources[field], this.place);
      if (text === null) continue;
      const parsed = ProfileChange.shape[field].safeParse(field === 'language' ? text.replace('_', '-') : text);
      if (parsed.success) profile[field] = String(parsed.data);
      else this.out.warnings.push({ code: 'connector.leftOut', message: parsed.error.issues[0]?.message ?? '', path: [...this.path, 'customer', field] });
    }
    return { ...identifiers, ...(Object.keys(profile).length > 0 && { profile }) };
  }

  private lines(): Record<string, unknown>[] | undefined {
    const lines = this.rule.order?.lines;
    if (!lines) return undefined;
    const read = elementsAt(lines.each, this.place).map((element): ReadLine => {
      const place = { ...this.place, '#': element };
      const quantity = lines.quantity === undefined ? null : readDecimal(lines.quantity, place);
      const amountMinor = this.amount(lines.amount, place, 'order', 'lines', 'amount');
      const sku = readText(lines.sku, place) ?? (this.rule.type === 'purchase' ? readText(lines.lineId, place) : null);
      return {
        lineId: this.must(lines.lineId, place, 'order', 'lines', 'lineId') ?? '', ...(sku !== null && { sku }), ...(quantity?.ok && { quantity: toNumber(quantity.value) }),
        ...(amountMinor !== null && { amountMinor: Math.max(0, amountMinor) }),
      };
    });
    if (lines.spread === undefined || read.length === 0) return read.length > 0 ? mergeLines(read) : undefined;
    const parts = spreadOverLines(Math.max(0, this.amount(lines.spread, this.place, 'order', 'lines', 'spread') ?? 0), read.map(({ amountMinor }) => amountMinor ?? 0));
    return read.map(({ lineId }, index) => ({ lineId, amountMinor: parts[index] ?? 0 })).filter(({ amountMinor }) => amountMinor > 0);
  }

  private order(): Record<string, unknown> {
    const { order } = this.rule;
    if (!order) return {};
    const amountMinor = this.amount(order.amount, this.place, 'order', 'amount');
    const lines = this.lines();
    return {
      orderId: this.must(order.orderId, this.place, 'order', 'orderId') ?? '', ...(amountMinor !== null && { amountMinor }),
      currency: readText(order.currency, this.place)?.toUpperCase() ?? this.context.currency, ...(lines && { lines }),
    };
  }

  read(): Record<string, unknown> {
    const { type, id, store, properties } = this.rule;
    const own = Object.entries(properties).flatMap(([name, source]) => { const value = readSource(source, this.place); return value === null ? [] : [[name, value] as const]; });
    const occurredAt = this.instant();
    const customer = this.customer();
    const storeText = readText(store, this.place);
    return {
      id: this.must(id, this.place, 'id') ?? '', type, ...(occurredAt !== null && { occurredAt }), ...(customer && { customer }), ...(storeText !== null && { store: storeText }),
      properties: { ...Object.fromEntries(own), ...this.order() },
    };
  }
}

type ReadLine = { lineId: string; sku?: string; quantity?: number; amountMinor?: number };

/** A shop may name a line twice, as when a part of it is put back on the shelf. */
function mergeLines(lines: readonly ReadLine[]): ReadLine[] {
  const merged = new Map<string, ReadLine>();
  const sum = (one: number | undefined, other: number | undefined): number | undefined => (one === undefined ? other : one + (other ?? 0));
  for (const line of lines) {
    const before = merged.get(line.lineId);
    const [quantity, amountMinor] = [sum(before?.quantity, line.quantity), sum(before?.amountMinor, line.amountMinor)];
    merged.set(line.lineId, { ...line, ...(quantity !== undefined && { quantity }), ...(amountMinor !== undefined && { amountMinor }) });
  }
  return [...merged.values()];
}

/** Shops write 0 for a customer that they do not know. */
const readIdentifier = (source: string | undefined, place: Place): string | null => {
  const text = readText(source, place);
  return text === null || /^(\D*[-_:])?0$/.test(text) ? null : text;
};

function readLocal(local: string, zone: string): number | null {
  try {
    return instantOfLocal(local, zone);
  } catch {
    return null;
  }
}

/** Reads a post. `body` is its JSON, `headers` have small names. */
export function mapPost(mapping: ConnectorMapping, post: { body: unknown; headers: Place['headers'] }, context: MapContext): MappedPost {
  const out: MappedPost = { events: [], problems: [], warnings: [] };
  const whole: Place = { $: post.body, headers: post.headers };
  mapping.rules.forEach((rule, index) => {
    const places = rule.each === undefined ? [whole] : elementsAt(rule.each, whole).map((element): Place => ({ ...whole, '@': element }));
    for (const place of places) if (rule.when.every((condition) => holds(condition, place))) out.events.push(new EventReader(rule, place, mapping, context, out, ['rules', index]).read());
  });
  return out;
}
