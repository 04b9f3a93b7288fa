/** Who asks: a paired till by its device's token, a person by the session of a page of ours, else an API key. */
import { formatId } from '#domain/shared/ids.ts';
import { resolveApiKey } from '#engine/commands/resolve-api-key.ts';
import { TILL_SCOPES } from '#engine/commands/roles.ts';
import type { Engine } from '#engine/engine.ts';
import { resolveTill } from '#engine/tills/resolve-till.ts';
import { DEVICE_COOKIE, STAFF_HEADER, TILL_HEADER } from '#app/api/till-headers.ts';
import type { Caller } from '#app/api/define-route.ts';
import type { RouterOptions } from '#app/api/handle-request.ts';
import { ApiError } from '#app/api/problem.ts';

/** The token that a device sends: in its cookie, which the till's own page asks us to read, or as a bearer. A page of another site can send no header of ours. */
export function deviceTokenOf(headers: Headers): string | null {
  const bearer = /^bearer (ptd_\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  return headers.get(TILL_HEADER) === null ? null : (cookieOf(headers) ?? '');
}

/** The cookie alone, for a page that is opened. */
export const cookieOf = (headers: Headers): string | null =>
  headers.get('cookie')?.split(/;\s*/).find((part) => part.startsWith(`${DEVICE_COOKIE}=`))?.slice(DEVICE_COOKIE.length + 1) ?? null;

async function asTill(engine: Engine, token: string, staffToken: string | null): Promise<Caller & { keyId: string }> {
  const till = await resolveTill(engine, token, staffToken);
  if (!till) throw new ApiError('till.notPaired', 'This device is no till, or no longer: pair it with a new code.');
  const actor = till.staff ? `staff:${formatId('staff', till.staff.id)}` : `till:${formatId('till', till.tillId)}`;
  return { engine, workspaceId: till.workspaceId, scopes: TILL_SCOPES, storeIds: [till.storeId], keyId: till.tillId, actor, till };
}

export async function authenticate(engine: Engine, request: Request, { session }: Pick<RouterOptions, 'session'>): Promise<Caller & { keyId: string }> {
  const device = deviceTokenOf(request.headers);
  if (device !== null) return asTill(engine, device, request.headers.get(STAFF_HEADER));
  const person = request.headers.get('authorization') ? null : await session?.(request);
  if (person) return { engine, workspaceId: person.workspaceId, scopes: person.scopes, storeIds: person.storeIds, keyId: person.userId, actor: `user:${person.userId}`, till: null };
  const [scheme, text, ...rest] = (request.headers.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !text || rest.length > 0) throw new ApiError('key.missing', 'Send the header «Authorization: Bearer prc_…».', [], { 'www-authenticate': 'Bearer' });
  const key = await resolveApiKey(engine.database, text);
  if (!key) throw new ApiError('key.unknown', 'This API key is unknown or revoked.', [], { 'www-authenticate': 'Bearer error="invalid_token"' });
  return { engine, workspaceId: key.workspaceId, scopes: key.scopes, keyId: key.keyId, storeIds: key.storeIds, actor: `key:${formatId('apiKey', key.keyId)}`, till: null };
}
