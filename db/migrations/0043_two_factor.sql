-- A second proof at the sign-in (better-auth's tables): the sealed key of an authenticator app with hashes of its recovery codes, and passkeys.
alter table auth_users add column two_factor_enabled boolean default false;
create table auth_two_factors (
  id text primary key,
  user_id text not null unique references auth_users on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);
create table auth_passkeys (
  id text primary key,
  user_id text not null references auth_users on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz default clock_timestamp()
);
create index on auth_passkeys (user_id);
-- When a session was last used, within five minutes; better-auth's own stamp moves once a day.
alter table auth_sessions add column seen_at timestamptz not null default clock_timestamp();

-- What a workspace asks of whoever enters it. Outside row-level security like memberships: it is read at the door.
create table entry_rules (
  workspace_id uuid primary key references workspaces,
  requires_two_factor boolean not null default false
);
grant select, insert, update, delete on auth_two_factors, auth_passkeys, entry_rules to parcours_app;
