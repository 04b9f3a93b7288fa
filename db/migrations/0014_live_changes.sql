-- Changing what runs (§8): people on their way to another version and back, journeys that drain, and messages that wait for a paused journey.
create table journey_moves (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  journey_id uuid not null references journeys,
  -- an undo puts back whom the move of `undoes` brought away
  undoes uuid references journey_moves,
  to_version_id uuid not null references journey_versions,
  policy jsonb not null,
  state text not null check (state in ('running', 'done', 'cancelled')),
  total int not null,
  done int not null default 0,
  counts jsonb not null default '{}',
  -- the last enrollment that was looked at: a killed move goes on after it
  after_id uuid not null default '00000000-0000-0000-0000-000000000000',
  lease_until timestamptz,
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz
);
create unique index on journey_moves (journey_id) where state = 'running';
create index on journey_moves (workspace_id) where state = 'running';
create index on journey_moves (undoes) where undoes is not null;

-- What each moved enrollment was before: all that an undo needs.
create table moved_enrollments (
  move_id uuid not null references journey_moves,
  workspace_id uuid not null references workspaces,
  enrollment_id uuid not null,
  customer_id uuid not null references customers,
  class text not null,
  version_before uuid not null,
  state_before jsonb not null,
  burst_after int not null,
  went_on boolean not null,
  primary key (move_id, enrollment_id)
);
create index on moved_enrollments (customer_id);

-- A journey that drains is live for the people inside and takes nobody in.
alter table journeys add column drains boolean not null default false;

-- Messages that a paused journey keeps, and those that were late when it ran again and wait for a decision.
create index on outbox (workspace_id, held_by) where held_by in ('paused', 'late');

create index on enrollments (journey_id, id) where ending = 'failed';
create index on enrollments (journey_id, id) where ended_at is null;

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['journey_moves', 'moved_enrollments'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy tenant on %I using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', tenant_table);
    execute format('grant select, insert, update, delete on %I to parcours_app', tenant_table);
  end loop;
end $$;

create function workspaces_to_move() returns setof uuid language sql volatile security definer set search_path = public as $$
  select distinct m.workspace_id from journey_moves m where m.state = 'running' and (m.lease_until is null or m.lease_until < clock_timestamp())
$$;
revoke execute on function workspaces_to_move() from public;
grant execute on function workspaces_to_move() to parcours_app;
