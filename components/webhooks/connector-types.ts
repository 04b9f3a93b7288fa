/** What the pages of connectors read, and how they look at a mapping. */
import type { Tone } from '#components/ui/status-badge.tsx';
import type { PostState, Signature } from '#domain/connectors/connector.ts';
import type { ConnectorKind } from '#domain/connectors/connector-kinds.ts';
import type { ConnectorMapping, MappingRule } from '#domain/connectors/mapping.ts';
import type { Problem } from '#domain/shared/result.ts';

export type Connector = {
  id: string; name: string; kind: ConnectorKind; url: string; signature: Signature; hasSecret: boolean; mapping: ConnectorMapping; closedAt: string | null; createdAt: string; lastAt: string | null; accepted: number; quarantined: number; refused: number;
};
export type PostLine = { id: string; state: PostState; receivedAt: string; problems: Problem[]; eventIds: string[] };
export type Preview = { events: { event: Record<string, unknown>; status: 'accepted' | 'quarantined' | 'rejected'; problems: Problem[] }[]; problems: Problem[]; warnings: Problem[] };
export type ReadyLine = { kind: ConnectorKind; signature: Signature; mapping: ConnectorMapping; sample: { headers: Record<string, string>; body: unknown } };

export const POST_TONES: Record<PostState, Tone> = { accepted: 'live', duplicate: 'quiet', ignored: 'quiet', quarantined: 'warning', refused: 'danger' };
export const PREVIEW_TONES = { accepted: 'live', quarantined: 'warning', rejected: 'danger' } as const satisfies Record<string, Tone>;

/** The fields of a rule that a form shows, in their groups; each is one text. */
export const RULE_FIELDS = {
  event: ['type', 'id', 'occurredAt', 'store', 'each'],
  customer: ['externalId', 'email', 'phone', 'card', 'firstName', 'lastName', 'language', 'country', 'street', 'postalCode', 'city', 'birthDate', 'gender'],
  order: ['orderId', 'amount', 'currency'],
  lines: ['each', 'lineId', 'sku', 'quantity', 'amount', 'spread'],
} as const;
export type RuleGroup = keyof typeof RULE_FIELDS;

const partOf = (rule: MappingRule, group: RuleGroup): Record<string, unknown> => (group === 'event' ? rule : group === 'customer' ? rule.customer : group === 'order' ? (rule.order ?? {}) : (rule.order?.lines ?? {}));
export const fieldOf = (rule: MappingRule, group: RuleGroup, field: string): string => { const value = partOf(rule, group)[field]; return typeof value === 'string' ? value : ''; };

/** The same part with another text; an empty one is left out, and a part that says nothing is none. */
function withText<T extends object>(part: T, field: string, text: string): T {
  const next = { ...part, [field]: text };
  if (text === '') Reflect.deleteProperty(next, field);
  return next;
}
const orNone = <T extends object>(part: T): T | undefined => (Object.keys(part).length > 0 ? part : undefined);

/** What is typed may be wrong for a moment: the server says so when it is tried or saved. */
export function withField(rule: MappingRule, group: RuleGroup, field: string, text: string): MappingRule {
  if (group === 'event') return withText(rule, field, text);
  if (group === 'customer') return { ...rule, customer: withText(rule.customer, field, text) };
  const { order: _, ...rest } = rule;
  const before = rule.order ?? ({} as NonNullable<MappingRule['order']>);
  if (group === 'order') { const order = orNone(withText(before, field, text)); return order ? { ...rest, order } : rest; }
  const { lines: __, ...bare } = before;
  const lines = orNone(withText(before.lines ?? ({} as NonNullable<typeof before.lines>), field, text));
  const order = orNone(lines ? { ...bare, lines } : bare);
  return order ? { ...rest, order } : rest;
}
