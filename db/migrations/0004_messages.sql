-- Content, messages, the outbox (what still has to leave), batches, pressure, and what comes back.
create table templates (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  key text not null,
  name text not null,
  channel text not null,
  number int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (workspace_id, key)
);
create table template_versions (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  template_id uuid not null references templates,
  number int not null,
  content jsonb not null,
  created_at timestamptz not null,
  unique (template_id, number)
);

create table messages (
  id uuid primary key,
  workspace_id uuid not null,
  key text not null,
  customer_id uuid not null,
  journey_id uuid,
  version_id uuid,
  enrollment_id uuid,
  entry_key text,
  node_id text,
  visit int,
  channel text not null,
  category text not null,
  template_id uuid,
  template_version_id uuid,
  language text,
  status text not null,
  status_at timestamptz not null,
  planned_at timestamptz not null,
  due_at timestamptz not null,
  expires_at timestamptz,
  reason jsonb,
  lawful jsonb,
  when_capped jsonb not null,
  context jsonb not null default '{}',
  address text,
  payload jsonb,
  provider text,
  provider_message_id text,
  batch_id uuid,
  handed_over_at timestamptz,
  delivered_at timestamptz,
  opened_at timestamptz,
  clicked_at timestamptz
) partition by range (id);
create index on messages (customer_id, id);
create index on messages (workspace_id, id);
create index on messages (enrollment_id);
create index on messages (provider_message_id) where provider_message_id is not null;
create index on messages (batch_id) where batch_id is not null;

create table outbox (
  message_id uuid primary key,
  workspace_id uuid not null references workspaces,
  customer_id uuid not null,
  channel text not null,
  priority smallint not null,
  not_before timestamptz not null,
  expires_at timestamptz,
  state text not null check (state in ('queued', 'held', 'sending')),
  held_by text,
  batch_id uuid,
  attempts int not null default 0,
  -- machine time: a row in `sending` whose lease ran out belongs to a dispatcher that died
  lease_until timestamptz,
  -- machine time: not before this after a vendor said «later»
  retry_at timestamptz
) with (autovacuum_vacuum_scale_factor = 0.05);
create index on outbox (workspace_id, channel, priority desc, not_before) where state <> 'sending';
create index on outbox (workspace_id, lease_until) where state = 'sending';
create index on outbox (customer_id);

create table batches (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  account_id uuid not null,
  members uuid[] not null,
  first_attempt_at timestamptz not null,
  attempts int not null default 0,
  state text not null check (state in ('sending', 'done', 'unknown')),
  lease_until timestamptz not null
);
create index on batches (workspace_id, lease_until) where state = 'sending';

create table pressure_policies (
  workspace_id uuid primary key references workspaces,
  revision int not null,
  policy jsonb not null,
  updated_at timestamptz not null
);

-- One pressure ledger per customer over all channels: what was handed over, what is reserved, what is unknown.
create table pressure_entries (
  message_key text not null,
  workspace_id uuid not null references workspaces,
  customer_id uuid not null references customers,
  entry jsonb not null,
  at timestamptz not null,
  state text not null check (state in ('reserved', 'handedOver', 'unknown')),
  primary key (customer_id, message_key)
);
create index on pressure_entries (customer_id, at);

create table links (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  message_id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('click', 'open', 'preferences')),
  url text
);

create table webhook_deliveries (
  workspace_id uuid not null references workspaces,
  endpoint_id uuid not null,
  provider_event_id text not null,
  received_at timestamptz not null,
  primary key (workspace_id, endpoint_id, provider_event_id)
);
