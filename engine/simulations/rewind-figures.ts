/** The figures of customers as they stood before what a simulation repeats: a first purchase is one again, and a journey for first purchases takes people in. */
import type { Transaction } from '#db/connection.ts';
import type { CustomerFigures } from '#domain/customers/figures.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import type { SimulatedCustomer } from '#domain/simulation/person.ts';

type Row = { customerId: string; repeated: number; repeatedMinor: number; first: Date | null; last: Date | null };

function rewound(figures: CustomerFigures, { repeated, repeatedMinor, first, last }: Row): CustomerFigures {
  return { purchases: Math.max(0, figures.purchases - repeated), spendMinor: figures.spendMinor - repeatedMinor, firstPurchaseAt: first?.getTime() ?? null, lastPurchaseAt: last?.getTime() ?? null };
}

/** `since` and `until` bound what is repeated, by the instant at which it was accepted. Who bought nothing then keeps their figures. */
export async function rewindFigures(transaction: Transaction, customers: readonly SimulatedCustomer[], since: Instant, until: Instant): Promise<SimulatedCustomer[]> {
  const rows = await transaction<Row[]>`
    with bought as (
      select o.customer_id, o.occurred_at, (o.purchase ->> 'amountMinor')::bigint - coalesce((select sum((line.value ->> 'amountMinor')::bigint) from jsonb_each(o.returned) line), 0) as left_minor,
             e.source = 'merchant' and not e.historical and e.accepted_at >= ${formatInstant(since)}::text::timestamptz and e.accepted_at <= ${formatInstant(until)}::text::timestamptz as again
        from orders o join events e on e.id = o.event_id where o.customer_id = any(${customers.map(({ id }) => id)}::uuid[]) and not o.returned_whole)
    select customer_id as "customerId", (count(*) filter (where again))::int as repeated, coalesce(sum(left_minor) filter (where again), 0)::float8 as "repeatedMinor",
           min(occurred_at) filter (where not again) as first, max(occurred_at) filter (where not again) as last
      from bought group by customer_id having bool_or(again)`;
  const byId = new Map(rows.map((row) => [row.customerId, row]));
  return customers.map((customer) => { const row = byId.get(customer.id); return row ? { ...customer, figures: rewound(customer.figures, row) } : customer; });
}
