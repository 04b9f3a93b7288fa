-- Who works in which workspace, as what. Outside row-level security like the sessions: it is read before the workspace is known.
create table memberships (
  user_id text not null references auth_users on delete cascade,
  workspace_id uuid not null references workspaces,
  role text not null check (role in ('owner', 'marketer', 'campaignManager', 'merchant', 'viewer')),
  -- the stores of a merchant; nobody else has any
  store_ids uuid[] not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  primary key (user_id, workspace_id),
  check (role = 'merchant' or store_ids = '{}')
);
create index on memberships (workspace_id);
insert into memberships (user_id, workspace_id, role, created_at)
select user_id, workspace_id, case role when 'owner' then 'owner' else 'viewer' end, created_at from workspace_members;
drop table workspace_members;
grant select, insert, update, delete on memberships to parcours_app;
