/** The contracts of a customer: listed, replaced, added, changed and taken away. */
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { listContracts } from '#db/queries/customer-rows.ts';
import { findCustomer } from '#db/queries/customers.ts';
import { MOST_CONTRACTS } from '#domain/customers/contracts.ts';
import { changeRows, CONTRACT_ROWS, replaceRows } from '#engine/commands/change-rows.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import { audit } from '#engine/commands/command-context.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { formatId } from '#domain/shared/ids.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { IdOf } from '#app/api/edge.ts';
import { ContractFields, ContractIn, ContractOut, inOrder, toContract } from '#app/api/v1/customer-rows.ts';

const params = z.object({ customerId: IdOf('customer') });
const ofOne = z.object({ customerId: IdOf('customer'), contractId: IdOf('contract') });
const List = z.object({ items: z.array(ContractOut) });
const unknown = () => new PermanentError('customer.unknown', 'There is no such customer.');

/** After the commit, the routers are told of the events that a change left. */
const hint = ({ engine, afterCommit }: Pick<InTransaction<unknown>, 'engine' | 'afterCommit'>, events: number): void => {
  if (events > 0) afterCommit(engine.hintRouters);
};

const list = defineRoute({
  method: 'GET', path: '/customers/{customerId}/contracts', noun: 'Customers', summary: 'List the contracts of a customer', scope: 'customers:read', params, response: List, errors: ['customer.unknown'],
  async read({ transaction, params: { customerId } }) {
    if (!(await findCustomer(transaction, customerId))) throw unknown();
    return { items: (await listContracts(transaction, customerId)).map(toContract) };
  },
});

const replace = defineRoute({
  method: 'PUT', path: '/customers/{customerId}/contracts', noun: 'Customers', summary: 'Replace the contracts of a customer', scope: 'customers:write', params,
  description: 'One that has an id, or says what one of the list says already, is that one and keeps its id; those that are not named are taken away.',
  body: z.strictObject({ contracts: z.array(inOrder(z.strictObject({ ...ContractFields.shape, id: IdOf('contract').optional() }))).max(MOST_CONTRACTS) }), example: { contracts: [{ kind: 'maintenance', reference: 'M-2041', startsOn: '2025-09-01', endsOn: '2027-08-31' }] }, response: List, errors: ['customer.unknown', 'rows.unknown', 'rows.tooMany'],
  async write(input) {
    const { transaction, command, params: { customerId }, body } = input;
    const [head] = await lockHeads(transaction, [customerId]);
    if (!head) throw unknown();
    const { rows, events } = await replaceRows(command, CONTRACT_ROWS, customerId, body.contracts, (given, id) => ({ ...given, id }));
    await audit(command, { action: 'customer.contracts', subject: formatId('customer', customerId), after: { count: rows.length } });
    hint(input, events);
    return { body: { items: rows.map(toContract) } };
  },
});

const add = defineRoute({
  method: 'POST', path: '/customers/{customerId}/contracts', noun: 'Customers', summary: 'Add a contract to a customer', scope: 'customers:write', params, status: 201,
  body: ContractIn, example: { kind: 'maintenance', reference: 'M-2041', startsOn: '2025-09-01', endsOn: '2027-08-31' }, response: ContractOut, errors: ['customer.unknown', 'rows.tooMany'],
  async write(input) {
    const { command, params: { customerId }, body } = input;
    const row = { ...body, id: newId() };
    hint(input, (await changeRows(command, CONTRACT_ROWS, customerId, { put: [row] })).events);
    return { status: 201, body: toContract(row) };
  },
});

const put = defineRoute({
  method: 'PUT', path: '/customers/{customerId}/contracts/{contractId}', noun: 'Customers', summary: 'Change a contract, or put one back that was taken away', scope: 'customers:write', params: ofOne,
  description: 'What is not named is no longer known. Under the id of one that was taken away, it is the same one again.',
  body: ContractIn, example: { kind: 'maintenance', reference: 'M-2041', startsOn: '2025-09-01', endsOn: '2027-08-31' }, response: ContractOut, errors: ['customer.unknown', 'rows.unknown', 'rows.tooMany'],
  async write(input) {
    const { command, params: { customerId, contractId }, body } = input;
    const row = { ...body, id: contractId };
    hint(input, (await changeRows(command, CONTRACT_ROWS, customerId, { put: [row] })).events);
    return { body: toContract(row) };
  },
});

const remove = defineRoute({
  method: 'DELETE', path: '/customers/{customerId}/contracts/{contractId}', noun: 'Customers', summary: 'Take a contract away', scope: 'customers:write', params: ofOne,
  response: List, errors: ['customer.unknown', 'rows.unknown'],
  async write(input) {
    const { command, params: { customerId, contractId } } = input;
    const { rows, events } = await changeRows(command, CONTRACT_ROWS, customerId, { remove: [contractId] });
    hint(input, events);
    return { body: { items: rows.map(toContract) } };
  },
});

export const customerContractRoutes = [list, replace, add, put, remove];
