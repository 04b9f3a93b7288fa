/** Events as the API answers them, and a test event in the form in which it is posted. */
export type LastEvent = { id: string; occurredAt: string; acceptedAt: string; customerId: string | null; properties: Record<string, unknown> };
export type EventTypeLine = { type: string; firstSeenAt: string; last: LastEvent | null };
export type FieldProblem = { path: (string | number)[]; message: string; code: string };
export type Quarantined = { id: string; eventId: string; type: string; occurredAt: string; acceptedAt: string; properties: Record<string, unknown>; problems: FieldProblem[] };
export type Why = { code: string; figures: Record<string, unknown> };
export type LoyaltyAnswer = { programme: string; points: number; balance: number; explanation: { rule: string; applied: boolean; points: number; why: Why }[] };
export type EventAnswer = { id: string | null; status: 'accepted' | 'duplicate' | 'quarantined' | 'rejected'; eventId?: string; customerId?: string; problems?: FieldProblem[]; loyalty?: LoyaltyAnswer[] };

/** A new event like the last one of its type: another id, no moment of its own, the same customer. */
export function eventLike(type: string, last: LastEvent | null): string {
  const properties = last?.properties ?? {};
  const fresh = `test-${Math.round(performance.timeOrigin + performance.now()).toString(36)}`;
  const own = 'orderId' in properties ? { ...properties, orderId: fresh } : properties;
  return JSON.stringify({ id: fresh, type, customer: last?.customerId ? { id: last.customerId } : { email: 'someone@example.test' }, properties: own }, null, 2);
}

/** The same request for a shell; the key stays a variable. */
export function curlOf(origin: string, body: string): string {
  const quoted = body.replaceAll("'", `'\\''`);
  return `curl -X POST ${origin}/api/v1/events \\\n  -H "Authorization: Bearer $PARCOURS_KEY" \\\n  -H "Content-Type: application/json" \\\n  -d '${quoted}'`;
}

/** Events of the brand that have words of their own. */
export const BUSINESS_NAMES = ['collection.launched', 'store.opened', 'product.priceCut', 'product.backInStock'] as const;
export type BusinessEvent = {
  id: string; eventId: string; type: string; properties: Record<string, unknown>; store: string | null; occurredAt: string; dueAt: string; state: 'planned' | 'running' | 'done' | 'cancelled';
  looked: number; total: number; concerned: number; finishedAt: string | null;
};
