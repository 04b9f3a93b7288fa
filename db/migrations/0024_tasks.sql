-- What people have to do for a customer: tasks of a store, an adviser or anyone, and calls to make (§4.3, §4.6).
create table tasks (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  -- {enrollment}:{node}:{visit}, event:{id} of a call-back request, or hand:{id}
  key text not null,
  kind text not null check (kind in ('task', 'call')),
  customer_id uuid not null references customers,
  title text not null check (length(title) <= 300),
  note text check (length(note) <= 2000),
  assigned_to text not null check (assigned_to in ('anyone', 'store', 'adviser', 'member')),
  store_id uuid references stores,
  -- whom the customer's own adviser is called, as it was then
  adviser text,
  -- a member's user id
  member_id text,
  state text not null check (state in ('open', 'done', 'dismissed', 'withdrawn')),
  created_at timestamptz not null,
  due_at timestamptz,
  closed_at timestamptz,
  closed_by text,
  -- of a call: reached, noAnswer or refused; of a task: what its closer says
  outcome text,
  comment text check (length(comment) <= 2000),
  -- how often somebody tried in vain
  attempts int not null default 0,
  -- why it was withdrawn
  reason jsonb,
  journey_id uuid references journeys,
  version_id uuid,
  enrollment_id uuid,
  node_id text,
  visit int,
  event_id uuid,
  -- the message whose channel is a person's voice
  message_id uuid,
  unique (workspace_id, key)
);
create index on tasks (workspace_id, (coalesce(due_at, created_at)), id) where state = 'open';
create index on tasks (workspace_id, id) where state <> 'open';
create index on tasks (customer_id, created_at, id);
create index on tasks (enrollment_id) where state = 'open';
create index on tasks (message_id) where message_id is not null;
alter table tasks enable row level security;
alter table tasks force row level security;
create policy tenant on tasks using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on tasks to parcours_app;
