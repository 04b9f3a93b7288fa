/** How full each limit is for one customer, with the messages that fill it (§5.11). */
import { z } from 'zod';
import { findCustomer } from '#db/queries/customers.ts';
import { readLedger } from '#db/queries/pressure.ts';
import { findWorkspace, listStores, readPolicy } from '#db/queries/settings.ts';
import { customerZone } from '#domain/customers/customer-zone.ts';
import { measurePolicy } from '#domain/pressure/measure-policy.ts';
import { reachSeconds } from '#domain/pressure/policy.ts';
import { SECOND_MS } from '#domain/shared/time.ts';
import { readNow } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { IdOf, iso, Iso } from '#app/api/edge.ts';

const pressure = defineRoute({
  method: 'GET', path: '/customers/{customerId}/pressure', noun: 'Customers', summary: 'Read how full each limit of the pressure policy is for a customer', scope: 'customers:read',
  params: z.object({ customerId: IdOf('customer') }), errors: ['customer.unknown'],
  response: z.object({
    at: Iso, timeZone: z.string().meta({ description: "The customer's own, in which calendar windows begin." }),
    limits: z.array(z.object({
      rule: z.string(), name: z.string().nullable(), scope: z.record(z.string(), z.unknown()), kind: z.enum(['count', 'weight']), used: z.number().int(), maximum: z.number().int(),
      unit: z.string().nullable(), seconds: z.number().int().nullable(), filledBy: z.array(z.object({ label: z.string(), at: Iso, channel: z.string(), state: z.string() })),
    })),
  }),
  async read({ transaction, workspaceId, params: { customerId } }) {
    const customer = await findCustomer(transaction, customerId);
    if (!customer) throw new PermanentError('customer.unknown', 'There is no such customer.');
    const workspace = await findWorkspace(transaction, workspaceId);
    const { policy } = await readPolicy(transaction);
    const now = await readNow(transaction, workspaceId);
    const stores = await listStores(transaction, { after: null, limit: 10_000 });
    const { zone } = customerZone({
      profile: customer.profile, phone: customer.identifiers.find(({ kind }) => kind === 'phone')?.value ?? null,
      storeZone: stores.find(({ id }) => id === customer.profile.storeId)?.timeZone ?? null, workspaceZone: workspace?.timeZone ?? 'UTC',
    });
    const ledger = await readLedger(transaction, customerId, now - reachSeconds(policy) * SECOND_MS);
    return { at: iso(now), timeZone: zone, limits: measurePolicy(policy, ledger, now, zone).map((limit) => ({ ...limit, filledBy: limit.filledBy.map((entry) => ({ ...entry, at: iso(entry.at) })) })) };
  },
});

export const customerPressureRoutes = [pressure];
