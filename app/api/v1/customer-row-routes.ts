/** The five routes of what belongs to a customer as rows: listed, replaced, added, changed and taken away. Relatives and contracts are two of a kind. */
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { findCustomer } from '#db/queries/customers.ts';
import { formatId } from '#domain/shared/ids.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import { changeRows, replaceRows, type RowKind } from '#engine/commands/change-rows.ts';
import { audit } from '#engine/commands/command-context.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute, type InTransaction, type Route } from '#app/api/define-route.ts';
import { IdOf } from '#app/api/edge.ts';

type Row = { id: string };
type Given<R extends Row> = Omit<R, 'id'>;
/** What differs between the kinds: `P` are the parameters that name one row, `L` the body that replaces all of them, `O` a row as it leaves. */
export type RowRoutes<R extends Row, P extends { customerId: string }, L, O> = {
  rows: RowKind<R>;
  complete: (given: Given<R>, id: string) => R;
  params: z.ZodType<P>;
  rowId: (params: P) => string;
  one: { body: z.ZodType<Given<R>>; example: object };
  all: { body: z.ZodType<L>; rowsOf: (body: L) => (Given<R> & { id?: string | undefined })[] };
  out: z.ZodType<unknown, O>;
  toOut: (row: R) => O;
};

const ofCustomer = z.object({ customerId: IdOf('customer') });
const unknown = () => new PermanentError('customer.unknown', 'There is no such customer.');

/** After the commit, the routers are told of the events that a change left. */
const hint = ({ engine, afterCommit }: Pick<InTransaction<unknown>, 'engine' | 'afterCommit'>, events: number): void => {
  if (events > 0) afterCommit(engine.hintRouters);
};

/** Listing and replacing: what concerns all rows of a customer. */
function routesOfAll<R extends Row, P extends { customerId: string }, L, O>({ rows: kind, complete, one, all, out, toOut }: RowRoutes<R, P, L, O>): Route[] {
  const path = `/customers/{customerId}/${kind.table}` as const;
  const list: z.ZodType<unknown, { items: O[] }> = z.object({ items: z.array(out) });
  return [
    defineRoute({
      method: 'GET', path, noun: 'Customers', summary: `List the ${kind.table} of a customer`, scope: 'customers:read', params: ofCustomer, response: list, errors: ['customer.unknown'],
      async read({ transaction, params: { customerId } }) {
        if (!(await findCustomer(transaction, customerId))) throw unknown();
        return { items: (await kind.list(transaction, customerId)).map(toOut) };
      },
    }),
    defineRoute({
      method: 'PUT', path, noun: 'Customers', summary: `Replace the ${kind.table} of a customer`, scope: 'customers:write', params: ofCustomer,
      description: 'One that has an id, or says what one of the list says already, is that one and keeps its id; those that are not named are taken away.',
      body: all.body, example: { [kind.table]: [one.example] }, response: list, errors: ['customer.unknown', 'rows.unknown', 'rows.tooMany'],
      async write(input) {
        const { transaction, command, params: { customerId }, body } = input;
        const [head] = await lockHeads(transaction, [customerId]);
        if (!head) throw unknown();
        const { rows, events } = await replaceRows(command, kind, customerId, all.rowsOf(body), complete);
        await audit(command, { action: `customer.${kind.table}`, subject: formatId('customer', customerId), after: { count: rows.length } });
        hint(input, events);
        return { body: { items: rows.map(toOut) } };
      },
    }),
  ];
}

/** Adding, changing and taking away: what concerns one row. */
function routesOfOne<R extends Row, P extends { customerId: string }, L, O>({ rows: kind, complete, params, rowId, one, out, toOut }: RowRoutes<R, P, L, O>): Route[] {
  const path = `/customers/{customerId}/${kind.table}` as const;
  const pathOfOne = `${path}/{${kind.idKind}Id}` as const;
  const list: z.ZodType<unknown, { items: O[] }> = z.object({ items: z.array(out) });
  return [
    defineRoute({
      method: 'POST', path, noun: 'Customers', summary: `Add a ${kind.idKind} to a customer`, scope: 'customers:write', params: ofCustomer, status: 201,
      body: one.body, example: one.example, response: out, errors: ['customer.unknown', 'rows.tooMany'],
      async write(input) {
        const row = complete(input.body, newId());
        hint(input, (await changeRows(input.command, kind, input.params.customerId, { put: [row] })).events);
        return { status: 201, body: toOut(row) };
      },
    }),
    defineRoute({
      method: 'PUT', path: pathOfOne, noun: 'Customers', summary: `Change a ${kind.idKind}, or put one back that was taken away`, scope: 'customers:write', params,
      description: 'What is not named is no longer known. Under the id of one that was taken away, it is the same one again.',
      body: one.body, example: one.example, response: out, errors: ['customer.unknown', 'rows.unknown', 'rows.tooMany'],
      async write(input) {
        const row = complete(input.body, rowId(input.params));
        hint(input, (await changeRows(input.command, kind, input.params.customerId, { put: [row] })).events);
        return { body: toOut(row) };
      },
    }),
    defineRoute({
      method: 'DELETE', path: pathOfOne, noun: 'Customers', summary: `Take a ${kind.idKind} away`, scope: 'customers:write', params, response: list, errors: ['customer.unknown', 'rows.unknown'],
      async write(input) {
        const { rows, events } = await changeRows(input.command, kind, input.params.customerId, { remove: [rowId(input.params)] });
        hint(input, events);
        return { body: { items: rows.map(toOut) } };
      },
    }),
  ];
}

/** The routes of one kind of rows, in the order in which the documentation shows them. */
export const customerRowRoutes = <R extends Row, P extends { customerId: string }, L, O>(kind: RowRoutes<R, P, L, O>): Route[] => [...routesOfAll(kind), ...routesOfOne(kind)];
