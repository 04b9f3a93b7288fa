-- Who may come in: people with their sessions (better-auth's tables) and the workspaces that they belong to. These tables lie outside
-- row-level security, because a session is known before its workspace is.
create table auth_users (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
create table auth_sessions (
  id text primary key,
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  ip_address text,
  user_agent text,
  user_id text not null references auth_users on delete cascade
);
create index on auth_sessions (user_id);
create table auth_accounts (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references auth_users on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
create index on auth_accounts (user_id);
create table auth_verifications (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
create index on auth_verifications (identifier);
create table workspace_members (
  user_id text not null references auth_users on delete cascade,
  workspace_id uuid not null references workspaces,
  role text not null check (role in ('owner', 'member')),
  created_at timestamptz not null default clock_timestamp(),
  primary key (user_id, workspace_id)
);
grant select, insert, update, delete on auth_users, auth_sessions, auth_accounts, auth_verifications, workspace_members to parcours_app;

-- What a write with an Idempotency-Key answered, written in the write's own transaction (§11.3).
create table idempotency_keys (
  workspace_id uuid not null references workspaces,
  key text not null,
  request_hash bytea not null,
  status smallint not null default 0,
  answer jsonb,
  created_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, key)
);
create index on idempotency_keys (workspace_id, created_at);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy tenant on idempotency_keys using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on idempotency_keys to parcours_app;
