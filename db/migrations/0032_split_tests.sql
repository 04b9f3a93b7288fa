-- The test of a split: when it is decided, by what figures, and who won (§4.2). One row per split of a journey, over its versions.
create table split_tests (
  workspace_id uuid not null references workspaces,
  journey_id uuid not null references journeys,
  node_id text not null,
  -- its goal, times and branches: another one is another test
  signature text not null,
  test jsonb not null,
  branches text[] not null,
  state text not null check (state in ('running', 'decided', 'level', 'chosen')),
  -- passages from which on it is worth looking who passed, until the moment is known
  asks_at int not null,
  decides_at timestamptz,
  winner text,
  figures jsonb,
  decided_at timestamptz,
  decided_by text,
  started_at timestamptz not null,
  primary key (workspace_id, journey_id, node_id)
);
create index on split_tests (workspace_id) where state = 'running';
alter table split_tests enable row level security;
alter table split_tests force row level security;
create policy tenant on split_tests using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on split_tests to parcours_app;

-- Whether so many have passed a node of a journey, in all its versions.
create function has_passed(journey uuid, node text, wanted int) returns boolean language sql stable set search_path = public as $$
  select coalesce((select sum(p.passed) from node_passes p join journey_versions v on v.id = p.version_id where v.journey_id = journey and p.node_id = node), 0) >= wanted
$$;

create function workspaces_to_split() returns setof uuid language sql volatile security definer set search_path = public as $$
  select distinct s.workspace_id from split_tests s join journeys j on j.id = s.journey_id
   where s.state = 'running' and j.status = 'live' and (s.decides_at <= workspace_now(s.workspace_id) or (s.decides_at is null and has_passed(s.journey_id, s.node_id, s.asks_at)))
$$;
revoke execute on function workspaces_to_split() from public;
grant execute on function workspaces_to_split() to parcours_app;
