-- What people say to each other about a step of a journey. A comment belongs to the step, whatever version is drawn; it is never part of a definition.
create table journey_comments (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  journey_id uuid not null references journeys,
  node_id text not null,
  actor text not null,
  text text not null check (length(text) between 1 and 2000),
  -- ids of the people who are mentioned
  mentions text[] not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  resolved_at timestamptz,
  resolved_by text
);
create index on journey_comments (journey_id, id);
create index on journey_comments (workspace_id) where resolved_at is null;
alter table journey_comments enable row level security;
alter table journey_comments force row level security;
create policy tenant on journey_comments using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update on journey_comments to parcours_app;
