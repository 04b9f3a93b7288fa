-- Which stores a customer has been served by: what a franchisee may see (§11.8). Written with each event of a store, by whoever holds the customer's head.
create table customer_stores (
  workspace_id uuid not null references workspaces,
  customer_id uuid not null,
  store_id uuid not null,
  primary key (customer_id, store_id)
);
create index on customer_stores (store_id, customer_id);
alter table customer_stores enable row level security;
alter table customer_stores force row level security;
create policy tenant on customer_stores using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on customer_stores to parcours_app;
insert into customer_stores (workspace_id, customer_id, store_id)
select distinct workspace_id, customer_id, store_id from events where store_id is not null and customer_id is not null on conflict do nothing;
-- The store that a customer is attached to.
create index customers_attached_idx on customers ((profile ->> 'storeId')) where profile ->> 'storeId' is not null;
