/** The parts of a promotion as one workspace has them: what they are, a hash by which two are compared, and a text by which a person sees what differs. */
import { createHash } from 'node:crypto';
import type { Transaction } from '#db/connection.ts';
import { findLatestVersions } from '#db/queries/templates.ts';
import { canonicalBody } from '#domain/events/canonical-body.ts';
import { EventSchema } from '#domain/events/event-schema.ts';
import type { TemplateVersionContent } from '#domain/messages/template.ts';
import { Offer } from '#domain/offers/offer.ts';
import { PressurePolicy } from '#domain/pressure/policy.ts';
import type { PartKind } from '#domain/promotion/part.ts';
import type { Needs } from '#domain/promotion/needs.ts';

type Common = { key: string; name: string; hash: string; text: string };
export type Part =
  | (Common & { kind: 'template'; channel: string; content: TemplateVersionContent })
  | (Common & { kind: 'offer'; offer: Offer; stockLeft: number | null })
  | (Common & { kind: 'policy'; policy: PressurePolicy; revision: number })
  | (Common & { kind: 'eventType'; schema: EventSchema | null; version: number });

export const POLICY_KEY = 'pressure-policy';
export const hashOf = (value: unknown): string => createHash('sha256').update(canonicalBody(value)).digest('hex').slice(0, 32);
export const partId = ({ kind, key }: { kind: PartKind; key: string }): string => `${kind} ${key}`;

/** Each value on a line of its own, named by its path. */
export function linesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [`${path}: ${String(value)}`];
  return Object.entries(value).flatMap(([name, inner]) => linesOf(inner, path === '' ? name : `${path}.${name}`));
}

/** What a reader of the message gets, language by language. */
function templateText({ compiled }: TemplateVersionContent): string {
  return Object.entries(compiled.variants).sort(([left], [right]) => (left < right ? -1 : 1)).map(([language, { text, ...rest }]) => {
    const fields = Object.entries(rest).filter(([name, value]) => name !== 'html' && value !== undefined).flatMap(([name, value]) => linesOf(value, name));
    return [`[${language}]`, ...fields, text.trim()].join('\n');
  }).join('\n');
}

async function loadTemplates(transaction: Transaction, keys: string[], lock: boolean): Promise<Part[]> {
  const rows = await transaction<{ id: string; key: string; name: string; channel: string }[]>`
    select id, key, name, channel from templates where key = any(${keys}) order by key ${lock ? transaction`for no key update` : transaction``}`;
  const versions = await findLatestVersions(transaction, rows.map(({ id }) => id));
  return rows.flatMap(({ id, key, name, channel }): Part[] => {
    const content = versions.get(id)?.content;
    return content ? [{ kind: 'template', key, name, channel, content, hash: hashOf({ name, channel, source: content.source }), text: templateText(content) }] : [];
  });
}

async function loadOffers(transaction: Transaction, keys: string[]): Promise<Part[]> {
  const rows = await transaction<{ key: string; definition: unknown; total: number | null; granted: number }[]>`select key, definition, stock_total as total, stock_granted as granted from offers where key = any(${keys}) order by key`;
  return rows.map(({ key, definition, total, granted }): Part => {
    const offer = Offer.parse(definition);
    return { kind: 'offer', key, name: Object.values(offer.name)[0] ?? key, offer, stockLeft: total === null ? null : total - granted, hash: hashOf(offer), text: linesOf(offer).join('\n') };
  });
}

async function loadPolicy(transaction: Transaction): Promise<Part[]> {
  const rows = await transaction<{ policy: unknown; revision: number }[]>`select policy, revision from pressure_policies`;
  return rows.map((row): Part => {
    const policy = PressurePolicy.parse(row.policy);
    return { kind: 'policy', key: POLICY_KEY, name: POLICY_KEY, policy, revision: row.revision, hash: hashOf(policy), text: linesOf(policy).join('\n') };
  });
}

/** What the events of a type hold goes along where it was agreed (§11.4). */
async function loadEventTypes(transaction: Transaction, types: string[]): Promise<Part[]> {
  const rows = await transaction<{ type: string; schema: unknown; version: number | null }[]>`
    select t.type, s.schema, s.version from event_types t
      left join lateral (select schema, version from event_schemas where type = t.type order by version desc limit 1) s on true
     where t.type = any(${types}) order by t.type`;
  return rows.map(({ type, schema, version }): Part => {
    const agreed = schema === null ? null : EventSchema.parse(schema);
    return { kind: 'eventType', key: type, name: type, schema: agreed, version: version ?? 0, hash: hashOf(agreed === null ? type : { type, agreed }), text: [type, ...linesOf(agreed ?? {})].join('\n') };
  });
}

/** The templates of these keys; `lock` keeps others from saving them until the transaction ends. */
export const loadTemplateParts = (transaction: Transaction, keys: string[], lock = false): Promise<Part[]> => loadTemplates(transaction, keys, lock);

/** All but the templates, which have to be known before it is known what they need. */
export async function loadOtherParts(transaction: Transaction, needs: Needs): Promise<Part[]> {
  return [...(await loadOffers(transaction, needs.offers)), ...(await loadPolicy(transaction)), ...(await loadEventTypes(transaction, needs.eventTypes))];
}
