/** The relatives of a customer: listed, replaced, added, changed and taken away. Their names are in bodies only. */
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { listRelatives } from '#db/queries/customer-rows.ts';
import { findCustomer } from '#db/queries/customers.ts';
import { MOST_RELATIVES } from '#domain/customers/relatives.ts';
import { changeRows, RELATIVE_ROWS, replaceRows } from '#engine/commands/change-rows.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import { audit } from '#engine/commands/command-context.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { formatId } from '#domain/shared/ids.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { IdOf } from '#app/api/edge.ts';
import { RelativeFields, RelativeIn, RelativeOut, toRelative } from '#app/api/v1/customer-rows.ts';

const params = z.object({ customerId: IdOf('customer') });
const ofOne = z.object({ customerId: IdOf('customer'), relativeId: IdOf('relative') });
const List = z.object({ items: z.array(RelativeOut) });
const unknown = () => new PermanentError('customer.unknown', 'There is no such customer.');

/** After the commit, the routers are told of the events that a change left. */
const hint = ({ engine, afterCommit }: Pick<InTransaction<unknown>, 'engine' | 'afterCommit'>, events: number): void => {
  if (events > 0) afterCommit(engine.hintRouters);
};

const list = defineRoute({
  method: 'GET', path: '/customers/{customerId}/relatives', noun: 'Customers', summary: 'List the relatives of a customer', scope: 'customers:read', params, response: List, errors: ['customer.unknown'],
  async read({ transaction, params: { customerId } }) {
    if (!(await findCustomer(transaction, customerId))) throw unknown();
    return { items: (await listRelatives(transaction, customerId)).map(toRelative) };
  },
});

const replace = defineRoute({
  method: 'PUT', path: '/customers/{customerId}/relatives', noun: 'Customers', summary: 'Replace the relatives of a customer', scope: 'customers:write', params,
  description: 'One that has an id, or says what one of the list says already, is that one and keeps its id; those that are not named are taken away.',
  body: z.strictObject({ relatives: z.array(z.strictObject({ ...RelativeFields.shape, id: IdOf('relative').optional() })).max(MOST_RELATIVES) }), example: { relatives: [{ relation: 'child', firstName: 'Zoé', birthDate: '2021-04-12' }] }, response: List, errors: ['customer.unknown', 'rows.unknown', 'rows.tooMany'],
  async write(input) {
    const { transaction, command, params: { customerId }, body } = input;
    const [head] = await lockHeads(transaction, [customerId]);
    if (!head) throw unknown();
    const { rows, events } = await replaceRows(command, RELATIVE_ROWS, customerId, body.relatives, (given, id) => ({ ...given, id }));
    await audit(command, { action: 'customer.relatives', subject: formatId('customer', customerId), after: { count: rows.length } });
    hint(input, events);
    return { body: { items: rows.map(toRelative) } };
  },
});

const add = defineRoute({
  method: 'POST', path: '/customers/{customerId}/relatives', noun: 'Customers', summary: 'Add a relative to a customer', scope: 'customers:write', params, status: 201,
  body: RelativeIn, example: { relation: 'child', firstName: 'Zoé', birthDate: '2021-04-12' }, response: RelativeOut, errors: ['customer.unknown', 'rows.tooMany'],
  async write(input) {
    const { command, params: { customerId }, body } = input;
    const row = { ...body, id: newId() };
    hint(input, (await changeRows(command, RELATIVE_ROWS, customerId, { put: [row] })).events);
    return { status: 201, body: toRelative(row) };
  },
});

const put = defineRoute({
  method: 'PUT', path: '/customers/{customerId}/relatives/{relativeId}', noun: 'Customers', summary: 'Change a relative, or put one back that was taken away', scope: 'customers:write', params: ofOne,
  description: 'What is not named is no longer known. Under the id of one that was taken away, it is the same one again.',
  body: RelativeIn, example: { relation: 'child', firstName: 'Zoé', birthDate: '2021-04-12' }, response: RelativeOut, errors: ['customer.unknown', 'rows.unknown', 'rows.tooMany'],
  async write(input) {
    const { command, params: { customerId, relativeId }, body } = input;
    const row = { ...body, id: relativeId };
    hint(input, (await changeRows(command, RELATIVE_ROWS, customerId, { put: [row] })).events);
    return { body: toRelative(row) };
  },
});

const remove = defineRoute({
  method: 'DELETE', path: '/customers/{customerId}/relatives/{relativeId}', noun: 'Customers', summary: 'Take a relative away', scope: 'customers:write', params: ofOne,
  response: List, errors: ['customer.unknown', 'rows.unknown'],
  async write(input) {
    const { command, params: { customerId, relativeId } } = input;
    const { rows, events } = await changeRows(command, RELATIVE_ROWS, customerId, { remove: [relativeId] });
    hint(input, events);
    return { body: { items: rows.map(toRelative) } };
  },
});

export const customerRelativeRoutes = [list, replace, add, put, remove];
