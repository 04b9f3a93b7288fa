-- Requests that journeys make of servers outside (§4.3): their outbox and their record in one row, and the secrets that their headers name.
create table http_requests (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  -- {enrollment}:{node}:{visit}; what leaves as Idempotency-Key
  key text not null,
  customer_id uuid not null references customers,
  journey_id uuid not null references journeys,
  version_id uuid not null,
  enrollment_id uuid not null,
  node_id text not null,
  visit int not null,
  -- how many events of ours lie between the answer and the merchant's event
  depth int not null,
  method text not null,
  address text not null,
  headers jsonb not null,
  body text,
  timeout_seconds int not null,
  sandbox_answer jsonb not null,
  state text not null check (state in ('queued', 'sending', 'answered', 'failed', 'withdrawn')),
  planned_at timestamptz not null,
  not_before timestamptz not null,
  attempts int not null default 0,
  -- machine time: the attempt was written before the call; past this its dispatcher is taken for dead
  lease_until timestamptz,
  retry_at timestamptz,
  first_attempt_at timestamptz,
  status int,
  reason jsonb,
  answered_at timestamptz,
  unique (workspace_id, key)
);
create index on http_requests (workspace_id, not_before, id) where state in ('queued', 'sending');
create index on http_requests (customer_id);
create index on http_requests (enrollment_id) where state in ('queued', 'sending');
create index on http_requests (journey_id, id);

-- Sealed by the installation's own key (AES-256-GCM); the text is never read back by anybody but the dispatcher.
create table secrets (
  workspace_id uuid not null references workspaces,
  name text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  sealed bytea not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, name)
);

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['http_requests', 'secrets'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy tenant on %I using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', tenant_table);
    execute format('grant select, insert, update, delete on %I to parcours_app', tenant_table);
  end loop;
end $$;

create function workspaces_to_request() returns setof uuid language sql volatile security definer set search_path = public as $$
  select w.id from workspaces w cross join lateral (select workspace_now(w.id) as now offset 0) t
  where exists (select from http_requests r join journeys j on j.id = r.journey_id
    where r.workspace_id = w.id and (r.state = 'queued' and j.status = 'live' and r.not_before <= t.now and (r.retry_at is null or r.retry_at <= clock_timestamp())
      or r.state = 'sending' and r.lease_until < clock_timestamp()))
$$;
revoke execute on function workspaces_to_request() from public;
grant execute on function workspaces_to_request() to parcours_app;
