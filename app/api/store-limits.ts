/**
 * What somebody reaches who acts for some stores only (§11.8): a merchant, and a key of a store. One table says which routes obey the limit and how; a route that is
 * not in it is refused to them, so that a new one never shows too much. Tills have a list of their own.
 */
import { findByIdentifier } from '#db/queries/customers.ts';
import { findCustomerOf } from '#db/queries/messages.ts';
import { seesCustomer } from '#db/queries/seen-customers.ts';
import type { Transaction } from '#db/connection.ts';
import { parseId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import type { Caller, Route } from '#app/api/define-route.ts';
import type { ErrorCode } from '#app/api/error-codes.ts';
import { ApiError } from '#app/api/problem.ts';

/**
 * - `open`: tells nothing of a customer, or only of the one who stands there and is named by what they show (a card, a voucher).
 * - `own`: the route itself answers for the stores of the caller alone.
 * - `customer`, `message`, `externalId`: about one customer, who must be seen; another is as unknown as one who never was.
 */
export type StoreRule = 'open' | 'own' | 'customer' | 'message' | 'externalId';

const OF_CUSTOMER = [
  'GET /customers/{customerId}', 'PUT /customers/{customerId}/attributes', 'PUT /customers/{customerId}/consents', 'GET /customers/{customerId}/balances', 'GET /customers/{customerId}/pressure', 'GET /customers/{customerId}/replay',
  'GET /customers/{customerId}/messages', 'GET /customers/{customerId}/timeline', 'GET /customers/{customerId}/location-consent', 'PUT /customers/{customerId}/location-consent', 'GET /customers/{customerId}/push-subscriptions',
  'POST /customers/{customerId}/push-subscriptions', 'DELETE /customers/{customerId}/push-subscriptions/{pushSubscriptionId}',
  ...['relatives', 'contracts'].flatMap((rows) => [`GET /customers/{customerId}/${rows}`, `PUT /customers/{customerId}/${rows}`, `POST /customers/{customerId}/${rows}`]),
  ...[['relatives', 'relativeId'], ['contracts', 'contractId']].flatMap(([rows, id]) => [`PUT /customers/{customerId}/${rows}/{${id}}`, `DELETE /customers/{customerId}/${rows}/{${id}}`]),
  // The customer is named in the query, or in the body.
  'GET /vouchers', 'POST /tasks',
];

export const STORE_RULES: Readonly<Record<string, StoreRule>> = {
  ...Object.fromEntries(OF_CUSTOMER.map((route) => [route, 'customer' as const])),
  'POST /customers/search': 'own', 'GET /customers/by-external-id/{externalId}': 'externalId', 'GET /messages/{messageId}': 'message',
  'POST /events': 'own', 'POST /events/quarantined/replay': 'own',
  'GET /tasks': 'own', 'GET /tasks/export': 'own', 'GET /tasks/{taskId}': 'own', 'POST /tasks/{taskId}/close': 'own',
  'GET /till': 'own', 'POST /till/look-up': 'open', 'POST /till/enrol': 'open',
  'GET /vouchers/{code}': 'open', 'POST /vouchers/{code}/redeem': 'open', 'POST /vouchers/{code}/release': 'open', 'POST /programmes/{key}/rewards/{rewardKey}/redeem': 'open',
  'GET /offers': 'open', 'GET /offers/{key}': 'open', 'GET /programmes': 'open', 'GET /programmes/{key}': 'open', 'GET /push-key': 'open', 'GET /setup': 'open',
};

const isTillRoute = ({ path }: Pick<Route, 'path'>): boolean => path.startsWith('/tills') || path.startsWith('/till-staff') || /^\/stores\/\{externalId\}\/(tills|staff|poster)/.test(path);
/** The rule of a route; null when it is refused to whoever acts for some stores only. */
export const storeRuleOf = (route: Pick<Route, 'method' | 'path'>): StoreRule | null => STORE_RULES[`${route.method} ${route.path}`] ?? (isTillRoute(route) ? 'own' : null);

type Named = { params: Record<string, string>; query: Record<string, string>; body: unknown };
const inBody = (body: unknown): string => (typeof body === 'object' && body !== null && 'customerId' in body && typeof body.customerId === 'string' ? body.customerId : '');

async function customerOf(transaction: Transaction, rule: StoreRule, { params, query, body }: Named): Promise<string | null> {
  if (rule === 'externalId') return findByIdentifier(transaction, { kind: 'externalId', value: (params['externalId'] ?? '').normalize('NFC').trim() });
  if (rule === 'message') {
    const messageId = parseId('message', params['messageId'] ?? '');
    return messageId === null ? null : findCustomerOf(transaction, messageId);
  }
  return parseId('customer', params['customerId'] ?? query['customerId'] ?? inBody(body));
}

const isLimited = ({ storeIds, till }: Caller): boolean => storeIds !== null && !till;

/** Before anything is read of a request: a route that the table does not name is refused. */
export function refuseBeyondStores(caller: Caller, route: Pick<Route, 'method' | 'path'>): void {
  if (isLimited(caller) && storeRuleOf(route) === null) throw new ApiError('store.beyond', 'This concerns more than your stores. Ask somebody of the brand.');
}

/** Throws what the caller is answered when the customer of the request is none of their stores'. Whoever has no such limit passes. */
export async function keepWithinStores(caller: Caller, route: Pick<Route, 'method' | 'path'>, named: Named): Promise<void> {
  const { storeIds, engine } = caller;
  const rule = storeRuleOf(route);
  if (storeIds === null || !isLimited(caller) || rule === null || rule === 'open' || rule === 'own') return;
  const seen = await runInWorkspace(engine, caller, async ({ transaction }) => {
    const customerId = await customerOf(transaction, rule, named);
    return customerId !== null && seesCustomer(transaction, storeIds, customerId);
  });
  if (seen) return;
  const code: ErrorCode = rule === 'message' ? 'message.unknown' : 'customer.unknown';
  throw new PermanentError(code, 'Your stores know nobody of this id.');
}
