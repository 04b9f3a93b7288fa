/** A line of the log of changes, as the API answers it, and what differs between its before and its after. */
export type AuditLine = { id: string; at: string; actor: string; actorName: string | null; action: string; subject: string; subjectName: string | null; before: unknown; after: unknown; reason: string | null };
export type AuditChange = { field: string; before: string | null; after: string | null };

/** What an action can be about: the noun before its point. */
export const AUDIT_NOUNS = ['businessEvent', 'journey', 'enrollment', 'customer', 'template', 'programme', 'offer', 'voucher', 'reward', 'policy', 'store', 'place', 'till', 'staff', 'brandKit', 'image', 'product', 'account', 'apiKey', 'member', 'invitation', 'audit', 'workspace', 'clock', 'task', 'secret', 'destination', 'proofList', 'domain', 'connector', 'letters', 'import', 'simulation', 'event', 'eventType'] as const;

/** Pages of subjects; the others have none of their own. */
const PAGE_OF: Record<string, (subject: string) => string> = {
  journey: (id) => `/journeys/${id}`, customer: (id) => `/customers/${id}`, reward: (id) => `/customers/${id}`, template: (key) => `/content/templates/${key}`, programme: (key) => `/loyalty/programmes/${key}`, offer: (key) => `/loyalty/offers/${key}`,
  policy: () => '/settings/pressure', event: () => '/events?tab=quarantined', eventType: (type) => (type === 'registry' ? '/events' : `/events/types/${type}`), store: () => '/stores', place: () => '/places', till: () => '/tills', staff: () => '/tills', image: () => '/content/images', brandKit: () => '/settings/brand', product: () => '/content/products', apiKey: () => '/settings/keys', secret: () => '/settings/secrets', account: () => '/settings/senders', domain: () => '/settings/senders', destination: (id) => `/settings/destinations/${id}`, connector: (id) => `/settings/connectors/${id}`, task: () => '/tasks', import: (id) => `/customers/imports/${id}`, simulation: (id) => `/journeys/simulations/${id}`, member: () => '/settings/members', invitation: () => '/settings/members', audit: () => '/settings/audit', workspace: () => '/settings/workspace',
};

export const nounOf = (action: string): string => action.split('.')[0] ?? action;
/** Its key in `settings.audit.actions`: points would be steps of a path there. */
export const actionWord = (action: string): string => action.replaceAll('.', '_');
export const pageOfSubject = ({ action, subject }: Pick<AuditLine, 'action' | 'subject'>): string | null => PAGE_OF[nounOf(action)]?.(encodeURIComponent(subject)) ?? null;

const fieldsOf = (value: unknown): Record<string, unknown> => (value === null || value === undefined ? {} : typeof value === 'object' && !Array.isArray(value) ? { ...value } : { '': value });
const written = (value: unknown): string | null => (value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value));

/** The fields whose value is another one afterwards, in the order in which they stand. A value that is no object has a field without a name. */
export function changesOf({ before, after }: Pick<AuditLine, 'before' | 'after'>): AuditChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return names.map((field) => ({ field, before: written(old[field]), after: written(now[field]) })).filter((change) => change.before !== change.after);
}
