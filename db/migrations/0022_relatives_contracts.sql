-- What belongs to a customer and has dates of its own: relatives (a parent may be one now) and contracts.
alter table relatives drop constraint relatives_kind_check;
alter table relatives add constraint relatives_kind_check check (kind in ('spouse', 'child', 'parent', 'other'));

create table contracts (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  customer_id uuid not null references customers,
  kind text not null,
  -- the merchant's own number
  reference text,
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  status text not null default 'active' check (status in ('active', 'ended'))
);
create index on contracts (customer_id);
alter table contracts enable row level security;
alter table contracts force row level security;
create policy tenant on contracts using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on contracts to parcours_app;
