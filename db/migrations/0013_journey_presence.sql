-- Who has a journey open in the designer: a line per person, written every few seconds and worth nothing a minute later.
create unlogged table journey_presence (
  workspace_id uuid not null references workspaces,
  journey_id uuid not null references journeys,
  actor text not null,
  node_id text,
  -- machine time: it is about people at their desks
  seen_at timestamptz not null default clock_timestamp(),
  primary key (journey_id, actor)
);
alter table journey_presence enable row level security;
alter table journey_presence force row level security;
create policy tenant on journey_presence using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on journey_presence to parcours_app;
