/** A role with its stores, as members and invitations take it. */
import { z } from 'zod';
import { listStores } from '#db/queries/settings.ts';
import { ROLES } from '#engine/commands/roles.ts';
import type { InTransaction } from '#app/api/define-route.ts';
import { IdOf } from '#app/api/edge.ts';
import { ApiError } from '#app/api/problem.ts';

export const Role = z.enum(ROLES);

/** Only a merchant has stores, and has one at least. */
export const roleFields = { role: Role, storeIds: z.array(IdOf('store')).max(500).default([]) };
export const fitsRole = ({ role, storeIds }: { role: string; storeIds: string[] }): boolean => (role === 'merchant') === (storeIds.length > 0);
export const FITS_ROLE = { message: 'a merchant has one store at least, and nobody else has any', path: ['storeIds'] };

/** Stores of another workspace are as unknown as those that never were. */
export async function requireStores({ transaction }: Pick<InTransaction<unknown>, 'transaction'>, storeIds: string[]): Promise<void> {
  const known = new Set((await listStores(transaction, { after: null, limit: 10_000 })).map(({ id }) => id));
  if (storeIds.some((id) => !known.has(id))) throw new ApiError('request.invalid', 'One of the stores is not there.', [{ code: 'store.unknown', message: 'There is no such store.', path: ['body', 'storeIds'] }]);
}
