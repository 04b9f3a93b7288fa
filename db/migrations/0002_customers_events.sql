-- Customers, their heads (the only mutex of a customer), and events.
create table customers (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  profile jsonb not null default '{}',
  figures jsonb not null default '{}',
  last_act_at timestamptz,
  created_at timestamptz not null
);
create index on customers (workspace_id, id);

create table relatives (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  customer_id uuid not null references customers,
  kind text not null check (kind in ('child', 'spouse', 'other')),
  first_name text,
  birth_date date
);
create index on relatives (customer_id);

create table customer_identifiers (
  workspace_id uuid not null,
  kind text not null check (kind in ('card', 'externalId', 'email', 'phone')),
  value text not null,
  customer_id uuid not null references customers,
  source text not null,
  created_at timestamptz not null,
  primary key (workspace_id, kind, value)
);
create index on customer_identifiers (customer_id);

create table merge_candidates (
  workspace_id uuid not null references workspaces,
  customer_id uuid not null references customers,
  other_id uuid not null references customers,
  event_id text not null,
  found_at timestamptz not null,
  primary key (workspace_id, customer_id, other_id)
);

create table heads (
  customer_id uuid primary key references customers,
  workspace_id uuid not null,
  household_id uuid,
  last_event_no bigint not null default 0,
  last_routed_no bigint not null default 0,
  -- machine time of the oldest unrouted event
  pending_since timestamptz
) with (autovacuum_vacuum_scale_factor = 0.05, fillfactor = 70);
create index on heads (workspace_id, pending_since) where pending_since is not null;

create table consents (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  customer_id uuid not null references customers,
  purpose text not null,
  channel text not null,
  state text not null check (state in ('granted', 'denied')),
  source text not null,
  wording_version text,
  proof jsonb,
  at timestamptz not null
);
create index on consents (customer_id, purpose, channel, id desc);

-- Addresses that must not be written to, whoever they belong to: bounced, complained, invalid.
create table suppressions (
  workspace_id uuid not null references workspaces,
  channel text not null,
  address text not null,
  reason text not null,
  at timestamptz not null,
  primary key (workspace_id, channel, address)
);

-- Partitioned by month of writing: the id is a UUID of version 7, whose first 48 bits are the machine's milliseconds.
create table events (
  id uuid primary key,
  workspace_id uuid not null,
  customer_id uuid,
  no bigint,
  event_id text not null,
  type text not null,
  source text not null check (source in ('merchant', 'system')),
  occurred_at timestamptz not null,
  accepted_at timestamptz not null,
  store_id uuid,
  historical boolean not null default false,
  properties jsonb not null,
  outcome text not null check (outcome in ('accepted', 'quarantined')),
  problem jsonb,
  cause_id uuid,
  depth smallint not null default 0
) partition by range (id);
create index on events (customer_id, no);
create index on events (workspace_id, type, id);

create table event_keys (
  workspace_id uuid not null,
  event_id text not null,
  body_hash bytea not null,
  accepted_at timestamptz not null,
  customer_id uuid,
  answer jsonb not null,
  primary key (workspace_id, event_id)
) partition by hash (workspace_id, event_id);
create table event_keys_0 partition of event_keys for values with (modulus 4, remainder 0);
create table event_keys_1 partition of event_keys for values with (modulus 4, remainder 1);
create table event_keys_2 partition of event_keys for values with (modulus 4, remainder 2);
create table event_keys_3 partition of event_keys for values with (modulus 4, remainder 3);

-- Event types seen, with the first event that carried each; closing the registry refuses others.
create table event_types (
  workspace_id uuid not null references workspaces,
  type text not null,
  sample jsonb not null,
  first_seen_at timestamptz not null,
  primary key (workspace_id, type)
);
