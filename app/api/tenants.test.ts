import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOpenApi } from '#app/api/openapi.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';
import { seedWorkspace, type Seeded } from '#tests/harness/seed-workspace.ts';
import { ALL_ROUTES } from '#app/api/v1/routes/all-routes.ts';

/** What a route of the OpenAPI document does with another workspace's names. A route that is missing here fails the test. */
type Case =
  /** It is called with the other workspace's ids and must answer 404. */
  | { kind: 'foreign'; path: (theirs: Seeded) => string; body?: (theirs: Seeded) => unknown }
  /** A key of the caller's own choosing: writing it makes a thing of one's own, and the other workspace's stays as it was. */
  | { kind: 'own'; why: string }
  /** It names nothing: its answer must hold nothing of the other workspace. */
  | { kind: 'list'; body?: unknown };

const purchase = (theirs: Seeded) => ({ id: 'foreign', type: 'purchase', customer: { id: theirs.customerId }, properties: { orderId: 'o', amountMinor: 1, currency: 'EUR' } });

const CASES: Record<string, Case> = {
  'POST /events': { kind: 'foreign', path: () => '/events', body: purchase },
  'GET /event-types': { kind: 'list' },
  'GET /event-types/latest': { kind: 'list' },
  'GET /event-registry': { kind: 'own', why: 'it tells a choice of the caller’s workspace alone' },
  'PUT /event-registry': { kind: 'own', why: 'there is one per workspace' },
  'GET /event-types/{type}': { kind: 'foreign', path: () => '/event-types/their-type' },
  'PUT /event-types/{type}/schema': { kind: 'own', why: 'types are agreed per workspace' },
  'DELETE /event-types/{type}/schema': { kind: 'foreign', path: () => '/event-types/their-type/schema', body: () => ({ version: 0 }) },
  'POST /event-types/{type}/schema/try': { kind: 'own', why: 'it looks at samples of the caller’s workspace alone' },
  'GET /events/quarantined': { kind: 'list' },
  'POST /events/quarantined/replay': { kind: 'list', body: {} },
  'POST /business-events': { kind: 'own', why: 'ids are unique per workspace' },
  'POST /business-events/preview': { kind: 'list', body: { id: 'p', type: 'collection.launched' } },
  'GET /business-events': { kind: 'list' },
  'GET /business-events/{businessEventId}': { kind: 'foreign', path: ({ businessEventId }) => `/business-events/${businessEventId}` },
  'GET /setup': { kind: 'own', why: 'it tells facts of the caller’s workspace alone' },
  'PUT /customers': { kind: 'own', why: 'identifiers are unique per workspace' },
  'POST /customers/search': { kind: 'list', body: {} },
  'GET /customers/by-external-id/{externalId}': { kind: 'foreign', path: (theirs) => `/customers/by-external-id/${theirs.externalId}` },
  'GET /customers/{customerId}': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}` },
  'PUT /customers/{customerId}/attributes': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/attributes`, body: () => ({ set: { hat: 'red' } }) },
  'PUT /customers/{customerId}/consents': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/consents`, body: () => ({ consents: [{ purpose: 'marketing', channel: 'sms', state: 'granted', source: 'x' }] }) },
  'GET /customers/{customerId}/relatives': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/relatives` },
  'PUT /customers/{customerId}/relatives': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/relatives`, body: () => ({ relatives: [] }) },
  'POST /customers/{customerId}/relatives': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/relatives`, body: () => ({ relation: 'child' }) },
  'PUT /customers/{customerId}/relatives/{relativeId}': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/relatives/rel_00000000000000000000000000`, body: () => ({ relation: 'child' }) },
  'DELETE /customers/{customerId}/relatives/{relativeId}': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/relatives/rel_00000000000000000000000000` },
  'GET /customers/{customerId}/contracts': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/contracts` },
  'PUT /customers/{customerId}/contracts': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/contracts`, body: () => ({ contracts: [] }) },
  'POST /customers/{customerId}/contracts': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/contracts`, body: () => ({ kind: 'care', startsOn: '2026-01-01' }) },
  'PUT /customers/{customerId}/contracts/{contractId}': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/contracts/ctr_00000000000000000000000000`, body: () => ({ kind: 'care', startsOn: '2026-01-01' }) },
  'DELETE /customers/{customerId}/contracts/{contractId}': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/contracts/ctr_00000000000000000000000000` },
  'GET /customers/{customerId}/balances': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/balances` },
  'GET /customers/{customerId}/messages': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/messages` },
  'GET /customers/{customerId}/timeline': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/timeline` },
  'GET /customers/{customerId}/pressure': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/pressure` },
  'GET /customers/{customerId}/replay': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/replay` },
  'GET /audiences/attributes': { kind: 'list' },
  'POST /audiences/values': { kind: 'list', body: { field: 'customer.firstName' } },
  'GET /journeys/activity': { kind: 'list' },
  'POST /journeys': { kind: 'own', why: 'keys are unique per workspace' },
  'GET /journeys': { kind: 'list' },
  'GET /journeys/{journeyId}': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}` },
  'PUT /journeys/{journeyId}/draft': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/draft`, body: ({ draft }) => ({ revision: 1, draft }) },
  'POST /journeys/{journeyId}/validate': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/validate` },
  'POST /journeys/{journeyId}/publish': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/publish`, body: () => ({}) },
  'POST /journeys/{journeyId}/promotion/preview': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/promotion/preview`, body: () => ({}) },
  'POST /journeys/{journeyId}/promotion': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/promotion`, body: () => ({ revision: 1 }) },
  'POST /workspace/counterpart': { kind: 'own', why: 'it makes a workspace of the caller’s own brand; promotions.test.ts says who may link which' },
  'POST /journeys/{journeyId}/pause': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/pause`, body: () => ({}) },
  'POST /journeys/{journeyId}/resume': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/resume`, body: () => ({}) },
  'POST /journeys/{journeyId}/archive': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/archive`, body: () => ({}) },
  'POST /journeys/{journeyId}/restore': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/restore`, body: () => ({}) },
  'POST /journeys/{journeyId}/stop': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/stop`, body: () => ({}) },
  'GET /journeys/{journeyId}/attributed-sales': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/attributed-sales` },
  'GET /journeys/{journeyId}/report': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/report` },
  'GET /journeys/{journeyId}/days': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/days` },
  'GET /journeys/{journeyId}/days/{date}': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/days/${new Date().toISOString().slice(0, 10)}` },
  'GET /journeys/{journeyId}/enrollments': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/enrollments` },
  'POST /journeys/{journeyId}/enrollments/{enrollmentId}/remove': { kind: 'foreign', path: ({ journeyId, enrollmentId }) => `/journeys/${journeyId}/enrollments/${enrollmentId}/remove`, body: () => ({ reason: 'x' }) },
  'POST /journeys/{journeyId}/entries': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/entries`, body: ({ customerId }) => ({ customers: [customerId] }) },
  'GET /journeys/{journeyId}/entry-check/{customerId}': { kind: 'foreign', path: ({ journeyId, customerId }) => `/journeys/${journeyId}/entry-check/${customerId}` },
  'GET /journeys/{journeyId}/versions/{number}': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/versions/1` },
  'GET /journeys/{journeyId}/versions': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/versions` },
  'POST /journeys/{journeyId}/presence': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/presence`, body: () => ({ nodeId: null }) },
  'GET /journeys/reach': { kind: 'list' },
  'GET /comments/mentions': { kind: 'list' },
  'GET /journeys/{journeyId}/comments': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/comments` },
  'POST /journeys/{journeyId}/comments': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/comments`, body: () => ({ nodeId: 'mail', text: 'mine' }) },
  'POST /comments/{commentId}/resolve': { kind: 'foreign', path: () => '/comments/cmt_00000000000000000000000000/resolve', body: () => ({}) },
  'GET /journeys/ready': { kind: 'list' },
  'POST /journeys/ready/{readyKey}': { kind: 'foreign', path: () => '/journeys/ready/theirs', body: () => ({ language: 'en', website: 'https://example.org' }) },
  'POST /audiences/count': { kind: 'list', body: { condition: { not: { field: 'customer.city', is: 'equals', value: 'nowhere' } } } },
  'POST /journeys/{journeyId}/people/export': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/people/export`, body: () => ({}) },
  'POST /journeys/{journeyId}/people/search': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/people/search`, body: () => ({}) },
  'GET /journeys/{journeyId}/path/{customerId}': { kind: 'foreign', path: ({ journeyId, customerId }) => `/journeys/${journeyId}/path/${customerId}` },
  'GET /journeys/{journeyId}/trial': { kind: 'foreign', path: ({ journeyId, customerId }) => `/journeys/${journeyId}/trial?customerId=${customerId}` },
  'POST /journeys/{journeyId}/publish/preview': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/publish/preview`, body: () => ({ people: { mode: 'move' } }) },
  'POST /journeys/{journeyId}/publish/preview/people': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/publish/preview/people`, body: () => ({ people: { mode: 'move' } }) },
  'GET /journeys/{journeyId}/moves': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/moves` },
  'POST /moves/{moveId}/cancel': { kind: 'foreign', path: ({ moveId }) => `/moves/${moveId}/cancel`, body: () => ({}) },
  'POST /moves/{moveId}/resume': { kind: 'foreign', path: ({ moveId }) => `/moves/${moveId}/resume`, body: () => ({}) },
  'POST /moves/{moveId}/undo': { kind: 'foreign', path: ({ moveId }) => `/moves/${moveId}/undo`, body: () => ({}) },
  'GET /journeys/{journeyId}/late-messages': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/late-messages` },
  'POST /journeys/{journeyId}/late-messages': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/late-messages`, body: () => ({ decision: 'skip' }) },
  'POST /journeys/{journeyId}/failed/retry': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/failed/retry`, body: () => ({}) },
  'GET /messages': { kind: 'list' },
  'GET /messages/{messageId}': { kind: 'foreign', path: ({ messageId }) => `/messages/${messageId}` },
  'GET /destinations': { kind: 'list' },
  'POST /destinations': { kind: 'own', why: 'ids are our own' },
  'GET /destinations/{destinationId}': { kind: 'foreign', path: ({ destinationId }) => `/destinations/${destinationId}` },
  'PUT /destinations/{destinationId}': { kind: 'foreign', path: ({ destinationId }) => `/destinations/${destinationId}`, body: () => ({ name: 'mine', address: 'https://mine.example.com/', types: ['purchase'] }) },
  'DELETE /destinations/{destinationId}': { kind: 'foreign', path: ({ destinationId }) => `/destinations/${destinationId}`, body: () => ({}) },
  'POST /destinations/{destinationId}/rotate': { kind: 'foreign', path: ({ destinationId }) => `/destinations/${destinationId}/rotate`, body: () => ({}) },
  'POST /destinations/{destinationId}/pause': { kind: 'foreign', path: ({ destinationId }) => `/destinations/${destinationId}/pause`, body: () => ({}) },
  'POST /destinations/{destinationId}/resume': { kind: 'foreign', path: ({ destinationId }) => `/destinations/${destinationId}/resume`, body: () => ({}) },
  'POST /destinations/{destinationId}/test': { kind: 'foreign', path: ({ destinationId }) => `/destinations/${destinationId}/test`, body: () => ({}) },
  'GET /destinations/{destinationId}/webhooks': { kind: 'foreign', path: ({ destinationId }) => `/destinations/${destinationId}/webhooks` },
  'POST /destinations/{destinationId}/replay': { kind: 'foreign', path: ({ destinationId }) => `/destinations/${destinationId}/replay`, body: () => ({}) },
  'GET /connectors': { kind: 'list' },
  'GET /connectors/ready': { kind: 'list' },
  'POST /connectors/preview': { kind: 'list', body: { mapping: { rules: [{ name: 'x', type: 'x', id: '$.id' }] }, sample: { body: { id: 1 } } } },
  'POST /connectors': { kind: 'own', why: 'ids are our own' },
  'GET /connectors/{connectorId}': { kind: 'foreign', path: ({ connectorId }) => `/connectors/${connectorId}` },
  'PUT /connectors/{connectorId}': { kind: 'foreign', path: ({ connectorId }) => `/connectors/${connectorId}`, body: () => ({ name: 'mine' }) },
  'DELETE /connectors/{connectorId}': { kind: 'foreign', path: ({ connectorId }) => `/connectors/${connectorId}`, body: () => ({}) },
  'POST /connectors/{connectorId}/close': { kind: 'foreign', path: ({ connectorId }) => `/connectors/${connectorId}/close`, body: () => ({}) },
  'POST /connectors/{connectorId}/open': { kind: 'foreign', path: ({ connectorId }) => `/connectors/${connectorId}/open`, body: () => ({}) },
  'POST /connectors/{connectorId}/renew': { kind: 'foreign', path: ({ connectorId }) => `/connectors/${connectorId}/renew`, body: () => ({}) },
  'GET /connectors/{connectorId}/posts': { kind: 'foreign', path: ({ connectorId }) => `/connectors/${connectorId}/posts` },
  'GET /connectors/{connectorId}/posts/{postId}': { kind: 'foreign', path: ({ connectorId, postId }) => `/connectors/${connectorId}/posts/${postId}` },
  'POST /connectors/{connectorId}/replay': { kind: 'foreign', path: ({ connectorId }) => `/connectors/${connectorId}/replay`, body: () => ({}) },
  'GET /secrets': { kind: 'list' },
  'PUT /secrets/{name}': { kind: 'own', why: 'names are unique per workspace' },
  'DELETE /secrets/{name}': { kind: 'foreign', path: () => '/secrets/theirs', body: () => ({}) },
  'GET /http-requests': { kind: 'list' },
  'GET /letter-batches': { kind: 'list' },
  'POST /letter-batches/{batchId}/close': { kind: 'foreign', path: ({ letterBatchId }) => `/letter-batches/${letterBatchId}/close`, body: () => ({}) },
  'GET /letter-batches/{batchId}/export': { kind: 'foreign', path: ({ letterBatchId }) => `/letter-batches/${letterBatchId}/export` },
  'POST /letter-batches/{batchId}/posted': { kind: 'foreign', path: ({ letterBatchId }) => `/letter-batches/${letterBatchId}/posted`, body: () => ({}) },
  'POST /letters/returned': { kind: 'foreign', path: () => '/letters/returned', body: () => ({ replyCode: 'THEIRS22' }) },
  'GET /tasks': { kind: 'list' },
  'GET /tasks/export': { kind: 'list' },
  'POST /tasks': { kind: 'foreign', path: () => '/tasks', body: ({ customerId }) => ({ customerId, title: 'x' }) },
  'GET /tasks/{taskId}': { kind: 'foreign', path: ({ taskId }) => `/tasks/${taskId}` },
  'POST /tasks/{taskId}/close': { kind: 'foreign', path: ({ taskId }) => `/tasks/${taskId}/close`, body: () => ({}) },
  'PUT /templates/{key}': { kind: 'own', why: 'keys are unique per workspace' },
  'GET /templates': { kind: 'list' },
  'GET /templates/{key}': { kind: 'foreign', path: () => '/templates/theirs' },
  'GET /templates/{key}/uses': { kind: 'foreign', path: () => '/templates/theirs/uses' },
  'GET /templates/{key}/versions': { kind: 'foreign', path: () => '/templates/theirs/versions' },
  'GET /templates/{key}/versions/{number}': { kind: 'foreign', path: () => '/templates/theirs/versions/1' },
  'POST /templates/{key}/test': { kind: 'foreign', path: () => '/templates/theirs/test', body: () => ({ to: 'anna@lutin.test' }) },
  'GET /proof-lists': { kind: 'list' },
  'POST /proof-lists': { kind: 'own', why: 'names are unique per workspace' },
  'PUT /proof-lists/{listId}': { kind: 'foreign', path: () => '/proof-lists/pfl_00000000000000000000000000', body: () => ({ name: 'x', recipients: [{ kind: 'email', value: 'a@example.org' }] }) },
  'DELETE /proof-lists/{listId}': { kind: 'foreign', path: () => '/proof-lists/pfl_00000000000000000000000000' },
  'POST /templates/{key}/proofs': { kind: 'foreign', path: () => '/templates/theirs/proofs', body: () => ({ listId: 'pfl_00000000000000000000000000' }) },
  'GET /templates/{key}/proofs': { kind: 'own', why: 'it tells the proofs of the caller’s own template of this key, none when there is no such template' },
  'POST /templates/{key}/preview': { kind: 'foreign', path: () => '/templates/theirs/preview', body: () => ({}) },
  'GET /brand-kit': { kind: 'list' },
  'PUT /brand-kit': { kind: 'own', why: 'there is one per workspace' },
  'POST /images': { kind: 'own', why: 'a picture belongs to whoever sends it' },
  'GET /images': { kind: 'list' },
  'GET /images/{imageId}': { kind: 'foreign', path: ({ imageId }) => `/images/${imageId}` },
  'PUT /images/{imageId}': { kind: 'foreign', path: ({ imageId }) => `/images/${imageId}`, body: () => ({ name: 'mine', alt: { en: 'mine' } }) },
  'DELETE /images/{imageId}': { kind: 'foreign', path: ({ imageId }) => `/images/${imageId}`, body: () => ({}) },
  'PUT /programmes/{key}': { kind: 'own', why: 'keys are unique per workspace' },
  'GET /programmes': { kind: 'list' },
  'GET /programmes/{key}': { kind: 'foreign', path: () => '/programmes/theirs' },
  'GET /programmes/{key}/figures': { kind: 'foreign', path: () => '/programmes/theirs/figures' },
  'POST /programmes/{key}/rewards/{rewardKey}/redeem': { kind: 'foreign', path: () => '/programmes/ours/rewards/gift/redeem', body: ({ customerId }) => ({ customerId }) },
  'PUT /offers/{key}': { kind: 'own', why: 'keys are unique per workspace' },
  'GET /offers': { kind: 'list' },
  'GET /offers/{key}': { kind: 'foreign', path: () => '/offers/theirs' },
  'GET /vouchers': { kind: 'foreign', path: ({ customerId }) => `/vouchers?customerId=${customerId}` },
  'GET /vouchers/{code}': { kind: 'foreign', path: ({ voucherCode }) => `/vouchers/${voucherCode}` },
  'POST /vouchers/{code}/redeem': { kind: 'foreign', path: ({ voucherCode }) => `/vouchers/${voucherCode}/redeem`, body: () => ({ amountMinor: 5_000 }) },
  'POST /vouchers/{code}/release': { kind: 'foreign', path: ({ voucherCode }) => `/vouchers/${voucherCode}/release`, body: () => ({ orderId: 'o' }) },
  'GET /pressure-policy': { kind: 'list' },
  'PUT /pressure-policy': { kind: 'own', why: 'there is one per workspace' },
  'GET /push-key': { kind: 'own', why: 'each workspace has its own' },
  'GET /customers/{customerId}/push-subscriptions': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/push-subscriptions` },
  'POST /customers/{customerId}/push-subscriptions': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/push-subscriptions`, body: () => ({ simulated: 'kept', wordingVersion: '1' }) },
  'DELETE /customers/{customerId}/push-subscriptions/{pushSubscriptionId}': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/push-subscriptions/psh_00000000000000000000000000` },
  'GET /places': { kind: 'list' },
  'GET /places/{placeKey}': { kind: 'foreign', path: () => '/places/theirs' },
  'PUT /places/{placeKey}': { kind: 'own', why: 'keys are unique per workspace' },
  'POST /places/{placeKey}/close': { kind: 'foreign', path: () => '/places/theirs/close', body: () => ({}) },
  'POST /places/{placeKey}/open': { kind: 'foreign', path: () => '/places/theirs/open', body: () => ({}) },
  'POST /places/{placeKey}/renew': { kind: 'foreign', path: () => '/places/theirs/renew', body: () => ({}) },
  'GET /places/{placeKey}/code': { kind: 'foreign', path: () => '/places/theirs/code' },
  'POST /places/{placeKey}/visits': { kind: 'foreign', path: () => '/places/ours/visits', body: ({ customerId }) => ({ customer: { id: customerId } }) },
  'GET /customers/{customerId}/location-consent': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/location-consent` },
  'PUT /customers/{customerId}/location-consent': { kind: 'foreign', path: ({ customerId }) => `/customers/${customerId}/location-consent`, body: () => ({ state: 'granted', source: 'x' }) },
  'PUT /stores/{externalId}': { kind: 'own', why: 'external ids are unique per workspace' },
  'GET /stores': { kind: 'list' },
  'PUT /products/{sku}': { kind: 'own', why: 'articles are unique per workspace' },
  'GET /products': { kind: 'list' },
  'GET /product-categories': { kind: 'list' },
  'GET /products/{sku}': { kind: 'foreign', path: () => '/products/theirs' },
  'POST /products/{sku}/archive': { kind: 'foreign', path: () => '/products/theirs/archive', body: () => ({}) },
  'POST /products/{sku}/restore': { kind: 'foreign', path: () => '/products/theirs/restore', body: () => ({}) },
  'GET /provider-accounts': { kind: 'list' },
  ...Object.fromEntries(['PUT /provider-accounts/email', 'PUT /provider-accounts/sms', 'PUT /provider-accounts/whatsapp', 'PUT /provider-accounts/email/sender', 'PUT /provider-accounts/sms/sender', 'PUT /provider-accounts/whatsapp/sender', 'POST /provider-accounts/email/test', 'POST /provider-accounts/sms/test']
    .map((route) => [route, { kind: 'own' as const, why: 'there is one account of a channel per workspace' }])),
  'GET /store-senders': { kind: 'list' },
  ...Object.fromEntries(['email', 'sms', 'whatsapp'].flatMap((channel) => [
    [`PUT /stores/{externalId}/senders/${channel}`, { kind: 'foreign' as const, path: () => `/stores/their-store/senders/${channel}`, body: () => (channel === 'email' ? { name: 'Mine' } : { from: '+33639980001' }) }],
    [`DELETE /stores/{externalId}/senders/${channel}`, { kind: 'foreign' as const, path: () => `/stores/their-store/senders/${channel}` }],
  ])),
  'GET /sender-domains': { kind: 'list' },
  'POST /sender-domains': { kind: 'own', why: 'a domain is added to the vendor’s account of the caller' },
  'POST /sender-domains/{domainId}/check': { kind: 'foreign', path: () => '/sender-domains/dom_00000000000000000000000000/check', body: () => ({}) },
  'DELETE /sender-domains/{domainId}': { kind: 'foreign', path: () => '/sender-domains/dom_00000000000000000000000000' },
  'POST /api-keys': { kind: 'own', why: 'a key is of the workspace of its maker' },
  'GET /api-keys': { kind: 'list' },
  'POST /api-keys/{keyId}/revoke': { kind: 'foreign', path: ({ keyId }) => `/api-keys/${keyId}/revoke`, body: () => ({}) },
  'GET /audit': { kind: 'list' },
  'GET /audit/export': { kind: 'list' },
  'GET /workspace': { kind: 'list' },
  'PUT /workspace': { kind: 'own', why: 'it names the workspace of the caller' },
  'GET /members': { kind: 'list' },
  'POST /members': { kind: 'own', why: 'a membership is of the workspace of its maker' },
  'PUT /members/{userId}': { kind: 'foreign', path: () => '/members/theirs', body: () => ({ role: 'viewer' }) },
  'DELETE /members/{userId}': { kind: 'foreign', path: () => '/members/theirs' },
  'POST /invitations': { kind: 'own', why: 'an invitation is to the workspace of its maker' },
  'GET /invitations': { kind: 'list' },
  'POST /invitations/{invitationId}/resend': { kind: 'foreign', path: ({ invitationId }) => `/invitations/${invitationId}/resend`, body: () => ({}) },
  'DELETE /invitations/{invitationId}': { kind: 'foreign', path: ({ invitationId }) => `/invitations/${invitationId}` },
  'GET /clock': { kind: 'list' },
  'POST /clock/jump': { kind: 'own', why: 'there is one clock per workspace' },
  'POST /sandbox/mailbox/search': { kind: 'list', body: {} },
  'POST /sandbox/mailbox/reply': { kind: 'foreign', path: () => '/sandbox/mailbox/reply', body: () => ({ from: '+33612345678', body: 'STOP' }) },
  'POST /sandbox/mailbox/{mailId}/{act}': { kind: 'foreign', path: () => '/sandbox/mailbox/theirs/open', body: () => ({}) },
  'GET /tills': { kind: 'list' },
  'GET /stores/{externalId}/poster': { kind: 'foreign', path: () => '/stores/theirs/poster' },
  'PUT /stores/{externalId}/poster': { kind: 'foreign', path: () => '/stores/theirs/poster', body: () => ({}) },
  'POST /stores/{externalId}/poster/renew': { kind: 'foreign', path: () => '/stores/theirs/poster/renew', body: () => ({}) },
  'POST /stores/{externalId}/poster/close': { kind: 'foreign', path: () => '/stores/theirs/poster/close', body: () => ({}) },
  'POST /stores/{externalId}/tills': { kind: 'foreign', path: () => '/stores/theirs/tills', body: () => ({ name: 'Counter' }) },
  'POST /tills/{tillId}/code': { kind: 'foreign', path: ({ tillId }) => `/tills/${tillId}/code`, body: () => ({}) },
  'PUT /tills/{tillId}': { kind: 'foreign', path: ({ tillId }) => `/tills/${tillId}`, body: () => ({ name: 'mine' }) },
  'POST /tills/{tillId}/revoke': { kind: 'foreign', path: ({ tillId }) => `/tills/${tillId}/revoke`, body: () => ({}) },
  'POST /stores/{externalId}/staff': { kind: 'foreign', path: () => '/stores/theirs/staff', body: () => ({ name: 'Nadia', pin: '4071' }) },
  'PUT /till-staff/{staffId}': { kind: 'foreign', path: ({ staffId }) => `/till-staff/${staffId}`, body: () => ({ pin: '4071' }) },
  'DELETE /till-staff/{staffId}': { kind: 'foreign', path: ({ staffId }) => `/till-staff/${staffId}`, body: () => ({}) },
  'POST /till/identify': { kind: 'own', why: 'only a paired till does it, at its own store' },
  'POST /till/seen': { kind: 'own', why: 'only a paired till does it, about itself' },
  'GET /till': { kind: 'list' },
  'POST /till/look-up': { kind: 'foreign', path: () => '/till/look-up', body: ({ customerId }) => ({ customerId }) },
  'POST /till/enrol': { kind: 'own', why: 'identifiers are unique per workspace' },
  'GET /journeys/{journeyId}/split-tests': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/split-tests` },
  'POST /journeys/{journeyId}/split-tests/{nodeId}/choose': { kind: 'foreign', path: ({ journeyId }) => `/journeys/${journeyId}/split-tests/split/choose`, body: () => ({ branch: null }) },
  'POST /imports': { kind: 'own', why: 'a file belongs to whoever sends it' },
  'GET /imports': { kind: 'list' },
  'GET /imports/{importId}': { kind: 'foreign', path: ({ importId }) => `/imports/${importId}` },
  'PUT /imports/{importId}': { kind: 'foreign', path: ({ importId }) => `/imports/${importId}`, body: () => ({ fields: ['email'], settings: { dates: 'dmy', decimal: ',' } }) },
  'POST /imports/{importId}/preview': { kind: 'foreign', path: ({ importId }) => `/imports/${importId}/preview`, body: () => ({}) },
  'POST /imports/{importId}/start': { kind: 'foreign', path: ({ importId }) => `/imports/${importId}/start`, body: () => ({}) },
  'POST /imports/{importId}/cancel': { kind: 'foreign', path: ({ importId }) => `/imports/${importId}/cancel`, body: () => ({}) },
  'DELETE /imports/{importId}': { kind: 'foreign', path: ({ importId }) => `/imports/${importId}` },
  'POST /imports/{importId}/refused': { kind: 'foreign', path: ({ importId }) => `/imports/${importId}/refused`, body: () => ({}) },
  'POST /simulations': { kind: 'foreign', path: () => '/simulations', body: ({ journeyId }) => ({ journeys: [{ journeyId }], to: '2099-01-01T00:00:00Z' }) },
  'GET /simulations': { kind: 'list' },
  'GET /simulations/{simulationId}': { kind: 'foreign', path: ({ simulationId }) => `/simulations/${simulationId}` },
  'POST /simulations/{simulationId}/cancel': { kind: 'foreign', path: ({ simulationId }) => `/simulations/${simulationId}/cancel`, body: () => ({}) },
  'GET /clock/jumps/{jumpId}': { kind: 'foreign', path: ({ jumpId }) => `/clock/jumps/${jumpId}` },
};

const documented = Object.entries(buildOpenApi(ALL_ROUTES, 'http://x').paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
const methodOf = (route: string): string => route.split(' ')[0] ?? '';
const pathOf = (route: string): string => route.split(' ')[1] ?? '';

let api: TestApi;
let mine: Call;
let theirs: Seeded;

beforeAll(async () => {
  api = await openTestApi();
  const workspaceId = await api.makeWorkspace('mine');
  mine = api.callerOf(await api.makeKey(workspaceId));
  await mine('PUT', '/offers/our-offer', { key: 'our-offer', name: { en: 'Ours' }, benefit: { kind: 'percentOff', percent: 10 }, validity: { days: 10 } });
  await mine('PUT', '/programmes/ours', {
    key: 'ours', name: { en: 'Ours' }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 } },
    rewards: [{ key: 'gift', name: { en: 'Gift' }, costPoints: 1, offerKey: 'our-offer' }],
  });
  await mine('PUT', '/places/ours', { name: 'Ours', kind: 'device' });
  theirs = await seedWorkspace(api, 'theirs');
});
afterAll(() => api.close());

describe('another workspace', () => {
  it('has a line in this table for every route of the OpenAPI document, and for no other', () => {
    expect(Object.keys(CASES).sort()).toEqual([...documented].sort());
  });

  it.each(Object.entries(CASES).flatMap(([route, one]) => (one.kind === 'foreign' ? [{ route, one }] : [])))('cannot be reached by $route', async ({ route, one }) => {
    const answer = await mine(methodOf(route), one.path(theirs), one.body?.(theirs));
    // A posted event is refused as an element; its code says that there is no such customer.
    if (route === 'POST /events') expect(answer).toMatchObject({ status: 422, body: { errors: [{ code: 'customer.unknown' }] } });
    else expect({ route, status: answer.status, code: answer.body['code'] }).toEqual({ route, status: 404, code: expect.stringMatching(/\.(unknown|jump_unknown)$/) });
  });

  it.each(Object.entries(CASES).flatMap(([route, one]) => (one.kind === 'list' ? [{ route, one }] : [])))('does not appear in $route', async ({ route, one }) => {
    const answer = await mine(methodOf(route), pathOf(route), one.body);
    expect(answer.status).toBe(200);
    for (const name of [theirs.customerId, theirs.journeyId, theirs.messageId, theirs.voucherCode, theirs.keyId, theirs.simulationId, 'theirs', 'their-type']) expect(JSON.stringify(answer.body)).not.toContain(name);
  });

  it('is answered to its own key, so that the table proves something', async () => {
    for (const [route, one] of Object.entries(CASES)) {
      if (one.kind !== 'foreign' || methodOf(route) !== 'GET') continue;
      expect({ route, status: (await theirs.call('GET', one.path(theirs))).status }).toEqual({ route, status: 200 });
    }
  });
});

/** What lies outside row-level security, each with its reason. */
const OUTSIDE: Record<string, string> = {
  schema_migrations: 'the migrator’s own',
  temporal_cluster: 'no tenant’s data', worker_heartbeats: 'no tenant’s data', figure_readings: 'counts over all of them',
  vendor_accounts: 'stands for another company', vendor_messages: 'stands for another company', vendor_idempotency: 'stands for another company',
  vendor_domains: 'stands for another company', vendor_callbacks: 'stands for another company', vendor_attempts: 'stands for another company',
  auth_users: 'a person is known before the workspace', auth_sessions: 'a person is known before the workspace', auth_accounts: 'a person is known before the workspace',
  auth_verifications: 'a person is known before the workspace', auth_two_factors: 'a person is known before the workspace', auth_passkeys: 'a person is known before the workspace',
  memberships: 'tells which workspace a person may enter', entry_rules: 'asked at the door of a workspace',
};

describe('row-level security', () => {
  it('is enabled and forced on every table but those of the list', async () => {
    const sql = postgres(api.url, { max: 1 });
    const tables = await sql<{ name: string; held: boolean }[]>`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid) as held
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`;
    const unreachable = await sql<{ name: string }[]>`
      select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relispartition and c.relkind in ('r', 'p')
         and has_table_privilege('parcours_app', c.oid, 'select')`;
    const owned = await sql`select relname from pg_class where relowner = 'parcours_app'::regrole`;
    const [role] = await sql`select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'parcours_app'`;
    await sql.end();
    expect(tables.filter(({ held }) => !held).map(({ name }) => name).sort()).toEqual(Object.keys(OUTSIDE).sort());
    expect(unreachable, 'a partition is reached through its parent, whose policy holds').toEqual([]);
    expect(owned).toEqual([]);
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false });
  });

  it('shows no row to a connection that has named no workspace', async () => {
    expect(await api.database`select id from customers`).toEqual([]);
    expect(await api.database`select id from workspaces`).toEqual([]);
    await expect(api.database`insert into stores (id, workspace_id, external_id, name, country, time_zone) values (gen_random_uuid(), ${theirs.workspaceId}, 'x', 'x', 'FR', 'UTC')`).rejects.toThrow(/row-level security/);
  });
});
