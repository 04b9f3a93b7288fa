-- Invitations to work in a workspace: the link's token is kept as a hash, and works once within seven days of machine time.
create table invitations (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  email text not null check (email = lower(email)),
  role text not null check (role in ('owner', 'marketer', 'campaignManager', 'merchant', 'viewer')),
  store_ids uuid[] not null default '{}',
  language text not null check (language in ('en', 'fr')),
  token_hash bytea not null unique,
  -- what became of the mail; null while it is on its way
  mail text check (mail in ('sent', 'noSender', 'notTaken', 'refused')),
  invited_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null default clock_timestamp() + interval '7 days',
  accepted_at timestamptz,
  revoked_at timestamptz
);
create unique index on invitations (workspace_id, email) where accepted_at is null and revoked_at is null;
create index on invitations (workspace_id, sent_at);
alter table invitations enable row level security;
alter table invitations force row level security;
create policy tenant on invitations using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on invitations to parcours_app;

create function resolve_invitation(token bytea) returns uuid language sql stable security definer set search_path = public as $$
  select workspace_id from invitations where token_hash = token
$$;
revoke execute on function resolve_invitation(bytea) from public;
grant execute on function resolve_invitation(bytea) to parcours_app;
