/** What a journey and its templates name of their workspace, found in their data: so that a kind of step to come is covered by the names of its fields. */
import type { Journey } from '#domain/journeys/definition.ts';

export type Needs = { templates: string[]; offers: string[]; programmes: string[]; eventTypes: string[]; products: string[]; members: string[] };

type Kind = keyof Needs;
/** Fields whose text is the key of something. */
const KEYS: Record<string, Kind> = { templateKey: 'templates', offerKey: 'offers', offer: 'offers', programmeKey: 'programmes', programme: 'programmes', memberId: 'members', sku: 'products' };
/** `voucher.<offer>` and `balance.<programme>`, as conditions name a field and Liquid a variable. */
const NAMED = /\b(voucher|balance)\.([A-Za-z0-9_-]+)/g;

function collect(value: unknown, found: Record<Kind, Set<string>>, key = ''): void {
  if (typeof value === 'string' && key !== 'value') {
    const kind = KEYS[key];
    if (kind && value !== '') found[kind].add(value);
    if (key === 'event' && value !== '') found.eventTypes.add(value);
    for (const [, root, name] of value.matchAll(NAMED)) found[root === 'voucher' ? 'offers' : 'programmes'].add(name ?? '');
    return;
  }
  // What a condition compares with is the brand's own text, and names nothing.
  if (typeof value !== 'object' || value === null || key === 'value') return;
  if (key === 'event' && 'type' in value && typeof value.type === 'string') found.eventTypes.add(value.type);
  for (const [name, inner] of Object.entries(value)) collect(inner, found, name);
}

const emptyNeeds = (): Record<Kind, Set<string>> => ({ templates: new Set(), offers: new Set(), programmes: new Set(), eventTypes: new Set(), products: new Set(), members: new Set() });
const sorted = (found: Record<Kind, Set<string>>): Needs => ({
  templates: [...found.templates].sort(), offers: [...found.offers].sort(), programmes: [...found.programmes].sort(), eventTypes: [...found.eventTypes].sort(), products: [...found.products].sort(), members: [...found.members].sort(),
});

/** Each key once, in order. Values that come along with an event are no product of the catalogue: only templates name those. */
export function needsOf(journey: Journey, contents: readonly unknown[] = []): Needs {
  const found = emptyNeeds();
  collect({ entry: journey.entry, exits: journey.exits, nodes: journey.nodes }, found);
  for (const node of journey.nodes) if (node.kind === 'emitEvent') found.eventTypes.add(node.settings.type);
  found.products.clear();
  for (const content of contents) collect(content, found);
  return sorted(found);
}
