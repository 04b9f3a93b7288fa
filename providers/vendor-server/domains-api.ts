/** Simulated Resend, domains: made, listed, looked at, verified after a while, removed; what it says of each is decided by `domain/messages/simulated-domain.ts`. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DomainName } from '#domain/messages/sender-domain.ts';
import { simulatedDomain } from '#domain/messages/simulated-domain.ts';
import type { VendorDomainRow, VendorStore } from '#db/queries/vendor-store.ts';
import { readJson, type VendorAnswer, type VendorRequest } from '#providers/vendor-server/vendor-answer.ts';

const Body = z.object({ name: DomainName });
const PATH = /^\/domains(?:\/([\w-]+)(\/verify)?)?$/;
const errorAnswer = (statusCode: number, name: string, message: string): VendorAnswer => ({ status: statusCode, body: { statusCode, name, message } });

const shown = (row: VendorDomainRow) => ({ object: 'domain', created_at: '2026-01-01T00:00:00.000Z', region: 'eu-west-1', capabilities: { sending: 'enabled', receiving: 'disabled' }, ...simulatedDomain(row, row.askedSecondsAgo) });

async function create(store: VendorStore, accountId: string, request: VendorRequest): Promise<VendorAnswer> {
  const body = Body.safeParse(readJson(request.body));
  if (!body.success) return errorAnswer(422, 'validation_error', 'The domain name is not valid.');
  const row = await store.saveDomain({ id: randomUUID(), accountId, name: body.data.name });
  if (!row) return errorAnswer(403, 'validation_error', 'The domain has been registered already.');
  return row.name.startsWith('lies.') ? errorAnswer(500, 'internal_server_error', 'An unexpected error occurred.') : { status: 201, body: shown(row) };
}

/** Null when the call is not one of domains. */
export async function answerDomains(store: VendorStore, method: string, request: VendorRequest): Promise<VendorAnswer | null> {
  const match = PATH.exec(request.path);
  if (!match) return null;
  const account = await store.findAccount('resend', (request.headers.authorization ?? '').replace(/^Bearer /, ''));
  if (!account) return errorAnswer(401, 'invalid_api_key', 'API key is invalid');
  const [, id, verify] = match;
  const rows = await store.listDomains(account.id);
  if (id === undefined) return method === 'POST' ? create(store, account.id, request) : method === 'GET' ? { status: 200, body: { object: 'list', has_more: false, data: rows.map((each) => ({ ...shown(each), records: undefined })) } } : null;
  const row = rows.find((each) => each.id === id);
  if (!row) return errorAnswer(404, 'not_found', 'Domain not found');
  if (verify && method === 'POST') {
    await store.askDomain(id);
    return { status: 200, body: { object: 'domain', id } };
  }
  if (verify === undefined && method === 'GET') return { status: 200, body: shown(row) };
  if (verify === undefined && method === 'DELETE') {
    await store.removeDomain(id);
    return { status: 200, body: { object: 'domain', id, deleted: true } };
  }
  return errorAnswer(405, 'method_not_allowed', 'Method not allowed');
}
