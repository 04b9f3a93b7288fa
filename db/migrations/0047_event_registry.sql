-- What the events of a type hold, as a person agreed to it (§11.4): versions that never change, the last one in force; one without a schema ends it.
create table event_schemas (
  workspace_id uuid not null references workspaces,
  type text not null check (length(type) between 1 and 100),
  version int not null check (version > 0),
  schema jsonb,
  agreed_by text not null,
  agreed_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, type, version)
);
alter table event_schemas enable row level security;
alter table event_schemas force row level security;
create policy tenant on event_schemas using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert on event_schemas to parcours_app;
