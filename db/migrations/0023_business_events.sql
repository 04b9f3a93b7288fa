-- Events of the brand (§1.9): a launch, an opening, a price cut. One row each, for ever; a runner looks at the customers in the order of their ids and
-- writes how far it came, so a killed one is taken over after its last page.
create table business_events (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  -- the merchant's own id, and the hash of what was posted under it
  event_id text not null,
  body_hash bytea not null,
  type text not null,
  properties jsonb not null,
  store_id uuid references stores,
  occurred_at timestamptz not null,
  -- workspace time: an opening waits for its day
  due_at timestamptz not null,
  state text not null check (state in ('planned', 'running', 'done', 'cancelled')),
  total int not null default 0,
  looked int not null default 0,
  concerned int not null default 0,
  after_id uuid not null default '00000000-0000-0000-0000-000000000000',
  lease_until timestamptz,
  posted_by text not null,
  posted_at timestamptz not null,
  finished_at timestamptz,
  unique (workspace_id, event_id)
);
create index on business_events (workspace_id, id);
create index on business_events (workspace_id, due_at) where state in ('planned', 'running');
alter table business_events enable row level security;
alter table business_events force row level security;
create policy tenant on business_events using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update on business_events to parcours_app;

create function workspaces_with_business_events() returns setof uuid language sql volatile security definer set search_path = public as $$
  select distinct workspace_id from business_events
   where state in ('planned', 'running') and due_at <= workspace_now(workspace_id) and (lease_until is null or lease_until < clock_timestamp())
$$;
revoke execute on function workspaces_with_business_events() from public;
grant execute on function workspaces_with_business_events() to parcours_app;

-- How many of a product there are; null when nobody counts.
alter table products add column stock int check (stock >= 0);
