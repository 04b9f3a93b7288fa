-- Outbound webhooks (§11.5): where they go, and each of them, queued in the transaction that wrote its event. A row is its outbox and its record in one.
create table destinations (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  name text not null check (length(name) between 1 and 120),
  address text not null,
  types text[] not null,
  state text not null default 'active' check (state in ('active', 'paused', 'disabled')),
  -- why it was disabled
  reason jsonb,
  -- sealed by the installation's key (AES-256-GCM); the one before still signs until then
  secret bytea not null,
  previous_secret bytea,
  previous_until timestamptz,
  -- machine time: since when nothing was taken, and when something was taken last
  failing_since timestamptz,
  taken_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);
create index on destinations (workspace_id, id);

create table webhooks (
  -- what leaves as webhook-id: the same at every attempt and replay
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  destination_id uuid not null references destinations on delete cascade,
  type text not null,
  -- the event that it tells of; a test tells of none and has its body here
  event_id uuid,
  test_body text,
  customer_id uuid,
  state text not null default 'queued' check (state in ('queued', 'sending', 'delivered', 'failed')),
  attempts int not null default 0,
  -- machine time: when it is due, and past when its sender is taken for dead
  due_at timestamptz not null default clock_timestamp(),
  lease_until timestamptz,
  -- every attempt: when, status or reason, how long it took
  history jsonb not null default '[]',
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  check ((event_id is null) <> (test_body is null))
);
create index on webhooks (destination_id, due_at, id) where state in ('queued', 'sending');
create index on webhooks (destination_id, id);
create index on webhooks (destination_id) where state = 'failed';
create index on webhooks (ended_at) where ended_at is not null;

do $$
declare name text;
begin
  foreach name in array array['destinations', 'webhooks'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', name);
    execute format('grant select, insert, update, delete on %I to parcours_app', name);
  end loop;
end $$;

-- A test leaves whatever the state of its destination: it is how one finds out that it works again.
create function destinations_due() returns table (workspace_id uuid, destination_id uuid) language sql volatile security definer set search_path = public as $$
  select d.workspace_id, d.id from destinations d
   where exists (select from webhooks w where w.destination_id = d.id and (d.state = 'active' or w.test_body is not null)
     and (w.state = 'queued' and w.due_at <= clock_timestamp() or w.state = 'sending' and w.lease_until < clock_timestamp()))
$$;
-- What has ended is kept for thirty days; what waits for a destination that nobody has put right for thirty days ends, and can still be sent by hand for thirty more.
create function prune_webhooks() returns bigint language sql volatile security definer set search_path = public as $$
  with gone as (delete from webhooks where ended_at < clock_timestamp() - interval '30 days' returning 1),
  late as (
    update webhooks set state = 'failed', ended_at = clock_timestamp(),
      history = history || jsonb_build_array(jsonb_build_object('at', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'status', null, 'reason', jsonb_build_object('code', 'webhook.tooOld'), 'tookMs', null))
     where state = 'queued' and created_at < clock_timestamp() - interval '30 days' and due_at < clock_timestamp() - interval '1 day' returning 1)
  select (select count(*) from gone) + (select count(*) from late)
$$;
revoke execute on function destinations_due(), prune_webhooks() from public;
grant execute on function destinations_due(), prune_webhooks() to parcours_app;
