-- What the owners of a workspace have to be written about, one row each, queued in the transaction that made it so. Machine time; nothing personal lies here but whom it is for.
create table owner_notices (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  user_id text not null references auth_users on delete cascade,
  kind text not null check (kind in ('destinationDisabled', 'domainLost')),
  -- what it is about: an edge id or a domain, with the figures of its reason
  subject text not null,
  figures jsonb not null default '{}',
  state text not null default 'queued' check (state in ('queued', 'sent', 'given-up')),
  attempts int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);
create index on owner_notices (due_at) where state = 'queued';
alter table owner_notices enable row level security;
alter table owner_notices force row level security;
create policy tenant on owner_notices using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update on owner_notices to parcours_app;

-- Those to be written now: claimed by their next moment, so that a sender that dies is followed by another.
create function owner_notices_due(most int) returns table (workspace_id uuid, notice_id uuid) language sql volatile security definer set search_path = public as $$
  update owner_notices n set attempts = n.attempts + 1, due_at = clock_timestamp() + make_interval(secs => least(21600, 60 * power(2, n.attempts)))
   where n.id in (select o.id from owner_notices o where o.state = 'queued' and o.due_at <= clock_timestamp() order by o.due_at limit most for update skip locked)
  returning n.workspace_id, n.id
$$;
revoke execute on function owner_notices_due(int) from public;
grant execute on function owner_notices_due(int) to parcours_app;
