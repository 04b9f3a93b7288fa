-- What waits outside enrollments: a customer's next moment in each journey that begins by the calendar (§1.1), and the work of reckoning them when one is published.
create table alarms (
  workspace_id uuid not null references workspaces,
  customer_id uuid not null references customers,
  journey_id uuid not null references journeys,
  -- whose moment it is: customer, relative:…, contract:…
  subject text not null,
  kind text not null default 'entry' check (kind in ('entry')),
  -- all three are null while nothing lies ahead
  occurrence text,
  date text,
  due_at timestamptz,
  -- the last occurrence whose turn came or passed
  rung text,
  -- since when a workflow sleeps for its minute
  armed_at timestamptz,
  primary key (customer_id, journey_id, subject)
);
create index on alarms (workspace_id, due_at) where due_at is not null;
create index on alarms (workspace_id, due_at) where due_at is not null and armed_at is null;
create index on alarms (journey_id, customer_id);

-- Everyone's alarms of one journey, a few hundred customers at a time: after a publish all are reckoned, after a stop all are taken away.
create table alarm_reckonings (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  journey_id uuid not null references journeys,
  -- the journey looks ahead from here
  since timestamptz not null,
  state text not null check (state in ('running', 'done', 'superseded')),
  done int not null default 0,
  failed int not null default 0,
  -- the last customer that was looked at: a killed one goes on after them
  after_id uuid not null default '00000000-0000-0000-0000-000000000000',
  lease_until timestamptz,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);
create unique index on alarm_reckonings (journey_id) where state = 'running';
create index on alarm_reckonings (workspace_id) where state = 'running';

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['alarms', 'alarm_reckonings'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy tenant on %I using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', tenant_table);
    execute format('grant select, insert, update, delete on %I to parcours_app', tenant_table);
  end loop;
end $$;

-- Only what is due within thirty days is slept for: the sweep arms the rest when it comes near, so years of birthdays are no sleeping workflows.
create function workspaces_with_alarms(what text) returns setof uuid language plpgsql volatile security definer set search_path = public as $$
begin
  case what
    when 'arm' then return query select w.id from workspaces w left join clocks c on c.workspace_id = w.id cross join lateral (select workspace_now(w.id) as now offset 0) t
      where c.stands_at is null and exists (select from alarms a join journeys j on j.id = a.journey_id
        where a.workspace_id = w.id and a.armed_at is null and a.due_at < t.now + interval '30 days' and j.status = 'live');
    when 'overdue' then return query select w.id from workspaces w left join clocks c on c.workspace_id = w.id cross join lateral (select workspace_now(w.id) as now offset 0) t
      where c.stands_at is null and exists (select from alarms a join journeys j on j.id = a.journey_id
        where a.workspace_id = w.id and a.due_at < t.now - interval '10 seconds' and j.status = 'live');
    when 'reckon' then return query select distinct r.workspace_id from alarm_reckonings r where r.state = 'running' and (r.lease_until is null or r.lease_until < clock_timestamp());
    else raise exception 'unknown kind of alarms: %', what;
  end case;
end $$;
revoke execute on function workspaces_with_alarms(text) from public;
grant execute on function workspaces_with_alarms(text) to parcours_app;

-- A cluster that knows none of our workflows: cohorts and alarms are armed anew.
create or replace function disarm_cohorts() returns bigint language sql volatile security definer set search_path = public as $$
  with alarms_too as (update alarms set armed_at = null where armed_at is not null returning 1),
  disarmed as (
    update cohorts k set armed_at = null where armed_at is not null
      and exists (select from enrollments e where e.cohort_id = k.id and e.ended_at is null) returning 1)
  select (select count(*) from disarmed) + (select count(*) from alarms_too)
$$;
