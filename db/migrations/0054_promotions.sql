-- A brand's sandbox knows the live workspace that it tries things for; what was promoted from one to the other is kept in the sandbox.
alter table workspaces add column live_id uuid references workspaces, add check (live_id is null or (kind = 'sandbox' and live_id <> id));
create index on workspaces (live_id) where live_id is not null;
-- Where one person works in both, and the brand has one live workspace only, it is plain which belongs to which.
update workspaces s set live_id = (
  select (array_agg(l.id))[1] from workspaces l
   where l.kind = 'live' and l.brand = s.brand and exists (select from memberships a join memberships b using (user_id) where a.workspace_id = s.id and b.workspace_id = l.id and a.role = 'owner' and b.role = 'owner')
   having count(*) = 1)
 where s.kind = 'sandbox';

create table promotions (
  id uuid primary key,
  -- the sandbox
  workspace_id uuid not null references workspaces,
  journey_id uuid not null references journeys,
  live_workspace_id uuid not null references workspaces,
  live_journey_id uuid not null references journeys,
  -- the sandbox's draft that was copied
  revision int not null,
  -- of the journey and each part that came with it: what it was here and what it is there since, as hashes
  parts jsonb not null,
  actor text not null,
  at timestamptz not null default clock_timestamp()
);
create index on promotions (journey_id, id desc);
alter table promotions enable row level security;
alter table promotions force row level security;
create policy tenant on promotions using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert on promotions to parcours_app;
