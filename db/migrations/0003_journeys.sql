-- Journeys, their immutable versions, the people in them, the cohorts they wake in, and the trace of each step.
create table journeys (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  key text not null,
  name text not null,
  status text not null check (status in ('draft', 'live', 'paused', 'stopped')),
  draft jsonb not null,
  draft_revision int not null default 1,
  live_version_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (workspace_id, key)
);

create table journey_versions (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  journey_id uuid not null references journeys,
  number int not null,
  definition jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  unique (journey_id, number)
);

create table cohorts (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  version_id uuid not null references journey_versions,
  wake_at timestamptz not null,
  -- places taken, never given back: who leaves by an event is simply no longer there
  size int not null,
  armed_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);
create index on cohorts (version_id, wake_at) where size < 1000;
create index on cohorts (workspace_id, created_at) where armed_at is null;
create index on cohorts (workspace_id, wake_at);

create table enrollments (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  journey_id uuid not null references journeys,
  version_id uuid not null references journey_versions,
  customer_id uuid not null references customers,
  entry_key text not null,
  state jsonb not null,
  burst int not null,
  node_id text not null,
  wake_at timestamptz,
  cohort_id uuid,
  entered_at timestamptz not null,
  ended_at timestamptz,
  ending text,
  unique (journey_id, customer_id, entry_key)
) with (fillfactor = 80);
create index on enrollments (customer_id);
create index on enrollments (cohort_id) where ended_at is null and cohort_id is not null;
create index on enrollments (workspace_id, wake_at) where ended_at is null and wake_at is not null;
create index on enrollments (journey_id, node_id) where ended_at is null;

-- Events that a paused journey would have answered, kept until it runs again (§8.4).
create table deferrals (
  workspace_id uuid not null references workspaces,
  journey_id uuid not null references journeys,
  customer_id uuid not null references customers,
  event_id uuid not null,
  no bigint not null,
  primary key (journey_id, customer_id, no)
);

create table traces (
  id uuid primary key,
  workspace_id uuid not null,
  customer_id uuid not null,
  journey_id uuid,
  version_id uuid,
  enrollment_id uuid,
  node_id text,
  visit int,
  kind text not null,
  data jsonb not null,
  at timestamptz not null
) partition by range (id);
create index on traces (customer_id, id);
create index on traces (enrollment_id, id);

create table node_passes (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces,
  version_id uuid not null references journey_versions,
  node_id text not null,
  port text not null,
  passed int not null,
  minute timestamptz not null,
  folded boolean not null default false
);
create index on node_passes (version_id, node_id, port);
create index on node_passes (workspace_id, minute) where not folded;
