-- The simulated vendors stand for other companies: their tables lie outside row-level security and hold no application state.
create table vendor_accounts (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  vendor text not null check (vendor in ('resend', 'twilio')),
  credential text not null unique,
  signing_secret text not null,
  webhook_url text not null
);
create table vendor_messages (
  id text primary key,
  workspace_id uuid not null,
  account_id uuid not null references vendor_accounts,
  channel text not null,
  recipient text not null,
  message_id uuid,
  payload jsonb not null,
  status text not null,
  received_at timestamptz not null,
  seq bigint generated always as identity
);
create index on vendor_messages (workspace_id, seq);
create index on vendor_messages (message_id);
create index on vendor_messages (recipient, seq);
create table vendor_idempotency (
  account_id uuid not null references vendor_accounts,
  key text not null,
  body_hash text not null,
  answer jsonb not null,
  created_at timestamptz not null,
  primary key (account_id, key)
);
create table vendor_callbacks (
  id uuid primary key,
  workspace_id uuid not null,
  account_id uuid not null references vendor_accounts,
  due_at timestamptz not null,
  url text not null,
  headers jsonb not null,
  body text not null,
  state text not null check (state in ('pending', 'done', 'dead')),
  attempts int not null default 0,
  next_attempt_at timestamptz
);
create index on vendor_callbacks (workspace_id, due_at) where state = 'pending';
create table vendor_attempts (
  account_id uuid not null references vendor_accounts,
  recipient text not null,
  attempts int not null,
  primary key (account_id, recipient)
);
grant select, insert, update, delete on vendor_accounts, vendor_messages, vendor_idempotency, vendor_callbacks, vendor_attempts to parcours_app;
