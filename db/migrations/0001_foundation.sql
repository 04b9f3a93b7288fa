-- Roles, time and tenants. The application's role owns nothing and every tenant table forces row-level security;
-- only the migrator (who needs BYPASSRLS or superuser) and the functions it defines look across workspaces.
do $$ begin
  if not exists (select from pg_roles where rolname = 'parcours_app') then create role parcours_app nologin; end if;
exception when duplicate_object then null;
end $$;
grant usage on schema public to parcours_app;

create table workspaces (
  id uuid primary key,
  brand text not null,
  name text not null,
  slug text not null unique,
  kind text not null check (kind in ('live', 'sandbox')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  currency_exponent smallint not null check (currency_exponent between 0 and 4),
  time_zone text not null,
  country text not null,
  language text not null,
  -- sender names, the registry's state, the soft opt-in's date: the domain's WorkspaceSettings
  settings jsonb not null default '{}',
  routing_epoch bigint not null default 1,
  created_at timestamptz not null default clock_timestamp()
);

-- A sandbox's test clock: real time plus an offset, or standing still at an instant. A live workspace has no row.
create table clocks (
  workspace_id uuid primary key references workspaces,
  offset_ms bigint not null default 0,
  stands_at timestamptz
);

create function workspace_now(workspace uuid) returns timestamptz language sql volatile security definer set search_path = public as $$
  select date_trunc('milliseconds', coalesce(
    (select coalesce(stands_at, clock_timestamp() + offset_ms * interval '1 millisecond') from clocks where workspace_id = workspace),
    clock_timestamp()))
$$;

-- One row per jump of a test clock; a killed jump goes on from here.
create table clock_jumps (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  started_from timestamptz not null,
  target_at timestamptz not null,
  reached_at timestamptz not null,
  freezes boolean not null,
  state text not null check (state in ('running', 'done')),
  steps int not null default 0,
  stuck_on jsonb not null default '[]',
  lease_until timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);
create unique index on clock_jumps (workspace_id) where state = 'running';

create table api_keys (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  name text not null,
  prefix text not null,
  hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table audit_lines (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  actor text not null,
  action text not null,
  subject text not null,
  before jsonb,
  after jsonb,
  reason text,
  at timestamptz not null
);
create index on audit_lines (workspace_id, id);

-- Provider accounts of a workspace: vendor keys, senders, and the rates the vendor stated last.
create table provider_accounts (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  channel text not null,
  config jsonb not null,
  rate jsonb not null default '{}',
  unique (workspace_id, channel)
);

create table webhook_endpoints (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  account_id uuid not null references provider_accounts
);

create table stores (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  external_id text not null,
  name text not null,
  city text,
  country text not null,
  time_zone text not null,
  opens_on date,
  closes_on date,
  unique (workspace_id, external_id)
);

create table products (
  workspace_id uuid not null references workspaces,
  sku text not null,
  name jsonb not null,
  categories text[] not null default '{}',
  price_minor bigint not null,
  cost_minor bigint,
  primary key (workspace_id, sku)
);
