-- Files brought in: one row per file, its rows as they were read until it is done, the rows that could not be brought in, and which column stood for what.
create table imports (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  kind text not null check (kind in ('customers', 'consents', 'relatives', 'products', 'purchases', 'returns')),
  file_name text not null,
  bytes bigint not null default 0,
  encoding text not null,
  delimiter text not null,
  headings text[] not null,
  -- how many rows the file has, and up to which line of it everything is brought in
  total int not null default 0,
  done int not null default 0,
  done_line int not null default 0,
  mapping jsonb not null,
  settings jsonb not null,
  guessed jsonb not null,
  counts jsonb not null default '{}',
  -- loading: its file is being read; ready: it waits to be started
  state text not null check (state in ('loading', 'ready', 'running', 'cancelled', 'done')),
  started_by text not null,
  -- when a workflow was started for it, or last brought rows in; null, or silent for a minute, is armed by the sweep
  armed_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz
);
create index on imports (workspace_id, id);
create index on imports (workspace_id) where state = 'running';

create table import_rows (
  import_id uuid not null references imports on delete cascade,
  workspace_id uuid not null,
  -- the line of the file where the row begins
  line int not null,
  cells jsonb not null,
  primary key (import_id, line)
);

create table import_problems (
  import_id uuid not null references imports on delete cascade,
  workspace_id uuid not null,
  line int not null,
  cells jsonb not null,
  problems jsonb not null,
  primary key (import_id, line)
);

-- The mapping that was chosen for files with the same headings.
create table import_mappings (
  workspace_id uuid not null references workspaces,
  kind text not null,
  signature text not null,
  mapping jsonb not null,
  settings jsonb not null,
  primary key (workspace_id, kind, signature)
);

do $$
declare name text;
begin
  foreach name in array array['imports', 'import_rows', 'import_problems', 'import_mappings'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', name);
    execute format('grant select, insert, update, delete on %I to parcours_app', name);
  end loop;
end $$;

create function imports_to_arm() returns table (workspace_id uuid, import_id uuid) language sql volatile security definer set search_path = public as $$
  select i.workspace_id, i.id from imports i where i.state = 'running' and (i.armed_at is null or i.armed_at < clock_timestamp() - interval '1 minute')
$$;
revoke execute on function imports_to_arm() from public;
grant execute on function imports_to_arm() to parcours_app;

-- A cluster that knows none of our workflows: cohorts, alarms and imports are armed anew.
create or replace function disarm_cohorts() returns bigint language sql volatile security definer set search_path = public as $$
  with alarms_too as (update alarms set armed_at = null where armed_at is not null returning 1),
  imports_too as (update imports set armed_at = null where armed_at is not null and state = 'running' returning 1),
  disarmed as (
    update cohorts k set armed_at = null where armed_at is not null
      and exists (select from enrollments e where e.cohort_id = k.id and e.ended_at is null) returning 1)
  select (select count(*) from disarmed) + (select count(*) from alarms_too) + (select count(*) from imports_too)
$$;
