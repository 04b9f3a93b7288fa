/** The relatives and contracts of a customer, in the order in which they were added. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { Contract } from '#domain/customers/contracts.ts';
import { Relative } from '#domain/customers/relatives.ts';

export async function listRelatives(transaction: Transaction, customerId: string): Promise<Relative[]> {
  const rows = await transaction<{ row: unknown }[]>`
    select jsonb_strip_nulls(jsonb_build_object('id', id, 'relation', kind, 'firstName', first_name, 'birthDate', birth_date)) as row from relatives where customer_id = ${customerId} order by id`;
  return z.array(Relative).parse(rows.map(({ row }) => row));
}

export async function listContracts(transaction: Transaction, customerId: string): Promise<Contract[]> {
  const rows = await transaction<{ row: unknown }[]>`
    select jsonb_strip_nulls(jsonb_build_object('id', id, 'kind', kind, 'reference', reference, 'startsOn', starts_on, 'endsOn', ends_on, 'status', status)) as row
      from contracts where customer_id = ${customerId} order by starts_on, id`;
  return z.array(Contract).parse(rows.map(({ row }) => row));
}
