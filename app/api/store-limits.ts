/**
 * What somebody reaches who acts for some stores only (§11.8): a merchant, and a key of a store. One table says which routes obey the limit and how; a route that is
 * not in it is refused to them, so that a new one never shows too much. Tills have a list of their own.
 */
import { findByIdentifier } from '#db/queries/customers.ts';
import { journeyOfMove } from '#db/queries/journey-moves.ts';
import { findCustomerOf } from '#db/queries/messages.ts';
import { seesCustomer } from '#db/queries/seen-customers.ts';
import { isWithinStores, journeyOfComment, simulatedWithin } from '#db/queries/store-journeys.ts';
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
 * - `journey`, `move`, `comment`, `simulation`: about one journey, which must begin in their stores alone (and about one customer beside it, where one is named); another is unknown in the same way.
 * - `mayName`: about a customer when one is named, who must be seen.
 */
export type StoreRule = 'open' | 'own' | 'customer' | 'message' | 'externalId' | 'journey' | 'move' | 'comment' | 'simulation' | 'mayName';

const OF_CUSTOMER = [
  'GET /customers/{customerId}', 'PUT /customers/{customerId}/attributes', 'PUT /customers/{customerId}/consents', 'GET /customers/{customerId}/balances', 'GET /customers/{customerId}/pressure', 'GET /customers/{customerId}/replay',
  'GET /customers/{customerId}/messages', 'GET /customers/{customerId}/timeline', 'GET /customers/{customerId}/location-consent', 'PUT /customers/{customerId}/location-consent', 'GET /customers/{customerId}/push-subscriptions',
  'POST /customers/{customerId}/push-subscriptions', 'DELETE /customers/{customerId}/push-subscriptions/{pushSubscriptionId}',
  ...['relatives', 'contracts'].flatMap((rows) => [`GET /customers/{customerId}/${rows}`, `PUT /customers/{customerId}/${rows}`, `POST /customers/{customerId}/${rows}`]),
  ...[['relatives', 'relativeId'], ['contracts', 'contractId']].flatMap(([rows, id]) => [`PUT /customers/{customerId}/${rows}/{${id}}`, `DELETE /customers/{customerId}/${rows}/{${id}}`]),
  // The customer is named in the query, or in the body.
  'GET /vouchers', 'POST /tasks',
];

/** All that the designer asks. Not `entries`: nobody enters these journeys by hand. Nor what makes templates and offers, or crosses over to live. */
const OF_JOURNEY = [
  ...['', '/report', '/attributed-sales', '/enrollments', '/days', '/days/{date}', '/split-tests', '/versions', '/versions/{number}', '/entry-check/{customerId}', '/path/{customerId}', '/moves', '/late-messages', '/comments', '/trial'].map((rest) => `GET /journeys/{journeyId}${rest}`),
  ...[
    '/validate', '/publish', '/publish/preview', '/publish/preview/people', '/pause', '/resume', '/stop', '/archive', '/restore', '/enrollments/{enrollmentId}/remove', '/split-tests/{nodeId}/choose', '/people/search', '/people/export',
    '/late-messages', '/failed/retry', '/presence', '/comments',
  ].map((rest) => `POST /journeys/{journeyId}${rest}`),
  'PUT /journeys/{journeyId}/draft',
];

const ruled = (routes: readonly string[], rule: StoreRule): Record<string, StoreRule> => Object.fromEntries(routes.map((route) => [route, rule]));

export const STORE_RULES: Readonly<Record<string, StoreRule>> = {
  ...ruled(OF_CUSTOMER, 'customer'), ...ruled(OF_JOURNEY, 'journey'),
  ...ruled(['POST /moves/{moveId}/cancel', 'POST /moves/{moveId}/resume', 'POST /moves/{moveId}/undo'], 'move'), 'POST /comments/{commentId}/resolve': 'comment',
  ...ruled(['GET /simulations/{simulationId}', 'POST /simulations/{simulationId}/cancel'], 'simulation'), 'POST /templates/{key}/preview': 'mayName',
  ...ruled(['GET /journeys', 'POST /journeys', 'GET /journeys/activity', 'GET /journeys/reach', 'GET /comments/mentions', 'GET /simulations', 'POST /simulations', 'POST /audiences/count', 'POST /audiences/values', 'GET /audiences/attributes',
    'GET /stores', 'GET /event-types', 'GET /event-types/latest', 'GET /event-types/{type}'], 'own'),
  ...ruled(['GET /templates', 'GET /templates/{key}', 'GET /pressure-policy', 'GET /event-registry', 'GET /clock'], 'open'),
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

/** The customer whom a request names, as it names them; undefined when it names nobody. */
const namedCustomer = ({ params, query, body }: Named): string | undefined => params['customerId'] ?? query['customerId'] ?? (inBody(body) || undefined);

async function customerOf(transaction: Transaction, rule: StoreRule, named: Named): Promise<string | null> {
  if (rule === 'externalId') return findByIdentifier(transaction, { kind: 'externalId', value: (named.params['externalId'] ?? '').normalize('NFC').trim() });
  if (rule === 'message') {
    const messageId = parseId('message', named.params['messageId'] ?? '');
    return messageId === null ? null : findCustomerOf(transaction, messageId);
  }
  return parseId('customer', namedCustomer(named) ?? '');
}

async function journeyOf(transaction: Transaction, rule: StoreRule, { params }: Named): Promise<string | null> {
  if (rule === 'journey') return parseId('journey', params['journeyId'] ?? '');
  const id = rule === 'move' ? parseId('move', params['moveId'] ?? '') : parseId('comment', params['commentId'] ?? '');
  if (id === null) return null;
  return rule === 'move' ? journeyOfMove(transaction, id) : journeyOfComment(transaction, id);
}

async function seesSimulation(transaction: Transaction, storeIds: readonly string[], { params }: Named): Promise<boolean> {
  const id = parseId('simulation', params['simulationId'] ?? '');
  return id !== null && simulatedWithin(transaction, storeIds, id);
}

async function seesNamed(transaction: Transaction, storeIds: readonly string[], rule: StoreRule, named: Named): Promise<boolean> {
  const customerId = await customerOf(transaction, rule, named);
  return customerId !== null && seesCustomer(transaction, storeIds, customerId);
}

const UNKNOWN: Partial<Record<StoreRule, ErrorCode>> = { message: 'message.unknown', journey: 'journey.unknown', move: 'move.unknown', comment: 'comment.unknown', simulation: 'simulation.unknown' };

/** What is unknown to them of a request; null when all that it names is theirs. */
async function unknownTo(transaction: Transaction, storeIds: readonly string[], rule: StoreRule, named: Named): Promise<ErrorCode | null> {
  const code = UNKNOWN[rule] ?? 'customer.unknown';
  if (rule === 'simulation') return (await seesSimulation(transaction, storeIds, named)) ? null : code;
  if (rule === 'journey' || rule === 'move' || rule === 'comment') {
    const journeyId = await journeyOf(transaction, rule, named);
    if (journeyId === null || !(await isWithinStores(transaction, storeIds, journeyId))) return code;
  }
  const isAboutCustomer = rule === 'customer' || rule === 'message' || rule === 'externalId' || namedCustomer(named) !== undefined;
  return isAboutCustomer && !(await seesNamed(transaction, storeIds, rule, named)) ? (rule === 'message' ? code : 'customer.unknown') : null;
}

const isLimited = ({ storeIds, till }: Caller): boolean => storeIds !== null && !till;

/** Before anything is read of a request: a route that the table does not name is refused. */
export function refuseBeyondStores(caller: Caller, route: Pick<Route, 'method' | 'path'>): void {
  if (isLimited(caller) && storeRuleOf(route) === null) throw new ApiError('store.beyond', 'This concerns more than your stores. Ask somebody of the brand.');
}

/** Throws what the caller is answered when the customer or the journey of the request is none of their stores'. Whoever has no such limit passes. */
export async function keepWithinStores(caller: Caller, route: Pick<Route, 'method' | 'path'>, named: Named): Promise<void> {
  const { storeIds, engine } = caller;
  const rule = storeRuleOf(route);
  if (storeIds === null || !isLimited(caller) || rule === null || rule === 'open' || rule === 'own') return;
  const code = await runInWorkspace(engine, caller, ({ transaction }) => unknownTo(transaction, storeIds, rule, named));
  if (code !== null) throw new PermanentError(code, 'Your stores know nothing of this id.');
}
