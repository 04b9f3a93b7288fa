/** The relatives of a customer: listed, replaced, added, changed and taken away. Their names are in bodies only. */
import { z } from 'zod';
import { MOST_RELATIVES } from '#domain/customers/relatives.ts';
import { RELATIVE_ROWS } from '#engine/commands/change-rows.ts';
import { IdOf } from '#app/api/edge.ts';
import { customerRowRoutes } from '#app/api/v1/customer-row-routes.ts';
import { RelativeFields, RelativeIn, RelativeOut, toRelative } from '#app/api/v1/customer-rows.ts';

export const customerRelativeRoutes = customerRowRoutes({
  rows: RELATIVE_ROWS,
  complete: (given, id) => ({ ...given, id }),
  params: z.object({ customerId: IdOf('customer'), relativeId: IdOf('relative') }),
  rowId: ({ relativeId }) => relativeId,
  one: { body: RelativeIn, example: { relation: 'child', firstName: 'Zoé', birthDate: '2021-04-12' } },
  all: {
    body: z.strictObject({ relatives: z.array(z.strictObject({ ...RelativeFields.shape, id: IdOf('relative').optional() })).max(MOST_RELATIVES) }),
    rowsOf: ({ relatives }) => relatives,
  },
  out: RelativeOut, toOut: toRelative,
});
