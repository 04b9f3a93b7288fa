-- Connectors (§11.4): addresses of ours to which shops post, and what was posted: a line of each, the bytes of those that could not be taken.
create table connectors (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  name text not null check (length(name) between 1 and 120),
  kind text not null check (kind in ('custom', 'woocommerce', 'shopify', 'prestashop')),
  mapping jsonb not null,
  signature jsonb not null,
  -- sealed by the installation's key (AES-256-GCM)
  secret bytea,
  -- what its address names; another one makes the last address worthless
  code_id uuid not null unique,
  closed_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);
create index on connectors (workspace_id, id);

create table connector_posts (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  connector_id uuid not null references connectors on delete cascade,
  state text not null check (state in ('accepted', 'duplicate', 'ignored', 'quarantined', 'refused')),
  -- machine time
  received_at timestamptz not null default clock_timestamp(),
  -- as they came, while it may be replayed
  body bytea,
  headers jsonb,
  problems jsonb not null default '[]',
  -- the ids under which it was taken in
  event_ids text[] not null default '{}'
);
create index on connector_posts (connector_id, id);
create index on connector_posts (connector_id, state) where state in ('quarantined', 'refused');
create index on connector_posts (received_at) where state not in ('quarantined', 'refused');

do $$
declare name text;
begin
  foreach name in array array['connectors', 'connector_posts'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', name);
    execute format('grant select, insert, update, delete on %I to parcours_app', name);
  end loop;
end $$;

create function resolve_connector(code uuid) returns uuid language sql stable security definer set search_path = public as $$
  select workspace_id from connectors where code_id = code
$$;
-- Lines of what was taken are kept for thirty days; what was not is kept until somebody replays it or takes its connector away.
create function prune_connector_posts() returns bigint language sql volatile security definer set search_path = public as $$
  with gone as (delete from connector_posts where received_at < clock_timestamp() - interval '30 days' and state not in ('quarantined', 'refused') returning 1) select count(*) from gone
$$;
revoke execute on function resolve_connector(uuid), prune_connector_posts() from public;
grant execute on function resolve_connector(uuid), prune_connector_posts() to parcours_app;
