-- How many customers each capped journey has taken in (§1.6). The row of entry_caps is the lock of a burst that may enter; `basis` names the version,
-- the unit and the zone by which its windows were counted: another basis counts them anew from the enrollments.
create table entry_caps (
  journey_id uuid primary key references journeys on delete cascade,
  workspace_id uuid not null references workspaces,
  basis text not null
);
alter table entry_caps enable row level security;
alter table entry_caps force row level security;
create policy tenant on entry_caps using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on entry_caps to parcours_app;

create table entry_counts (
  workspace_id uuid not null references workspaces,
  journey_id uuid not null references journeys on delete cascade,
  -- when the window began; the epoch for «ever»
  since timestamptz not null,
  entered int not null,
  primary key (journey_id, since)
);
alter table entry_counts enable row level security;
alter table entry_counts force row level security;
create policy tenant on entry_counts using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on entry_counts to parcours_app;
