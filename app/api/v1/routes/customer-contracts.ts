/** The contracts of a customer: listed, replaced, added, changed and taken away. */
import { z } from 'zod';
import { MOST_CONTRACTS } from '#domain/customers/contracts.ts';
import { CONTRACT_ROWS } from '#engine/commands/change-rows.ts';
import { IdOf } from '#app/api/edge.ts';
import { customerRowRoutes } from '#app/api/v1/customer-row-routes.ts';
import { ContractFields, ContractIn, ContractOut, inOrder, toContract } from '#app/api/v1/customer-rows.ts';

export const customerContractRoutes = customerRowRoutes({
  rows: CONTRACT_ROWS,
  complete: (given, id) => ({ ...given, id }),
  params: z.object({ customerId: IdOf('customer'), contractId: IdOf('contract') }),
  rowId: ({ contractId }) => contractId,
  one: { body: ContractIn, example: { kind: 'maintenance', reference: 'M-2041', startsOn: '2025-09-01', endsOn: '2027-08-31' } },
  all: {
    body: z.strictObject({ contracts: z.array(inOrder(z.strictObject({ ...ContractFields.shape, id: IdOf('contract').optional() }))).max(MOST_CONTRACTS) }),
    rowsOf: ({ contracts }) => contracts,
  },
  out: ContractOut, toOut: toContract,
});
