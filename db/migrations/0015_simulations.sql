-- One row per simulation: what was asked, how far it is, and its summary. A runner that is silent for longer than its lease was killed: another begins anew.
create table simulations (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  request jsonb not null,
  state text not null check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  progress double precision not null default 0,
  attempts int not null default 0,
  from_at timestamptz not null,
  to_at timestamptz not null,
  result jsonb,
  problem text,
  requested_by text not null,
  lease_until timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);
create index on simulations (workspace_id, id);
create index on simulations (workspace_id) where state in ('queued', 'running');
alter table simulations enable row level security;
alter table simulations force row level security;
create policy tenant on simulations using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update on simulations to parcours_app;

create function workspaces_to_simulate() returns setof uuid language sql volatile security definer set search_path = public as $$
  select distinct workspace_id from simulations where state = 'queued' or (state = 'running' and (lease_until is null or lease_until < clock_timestamp()))
$$;
revoke execute on function workspaces_to_simulate() from public;
grant execute on function workspaces_to_simulate() to parcours_app;
