-- Tills (§11.6): devices at a counter that are paired by a code and need no account, and the people who stand at them, known by a PIN.
create table tills (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  store_id uuid not null references stores,
  name text not null check (length(name) between 1 and 100),
  -- the code that pairs the next device, until it is used or its time is over
  code_hash bytea unique,
  code_expires_at timestamptz,
  -- what the paired device proves itself with
  device_hash bytea unique,
  paired_at timestamptz,
  last_seen_at timestamptz,
  -- what the device said that it has still to send, and what was refused to it
  waiting int not null default 0 check (waiting >= 0),
  refused int not null default 0 check (refused >= 0),
  created_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz,
  check ((code_hash is null) = (code_expires_at is null))
);
create index on tills (workspace_id, store_id);

create table till_staff (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  store_id uuid not null references stores,
  name text not null check (length(name) between 1 and 100),
  pin_hash text not null,
  -- raised with each new PIN: whoever was identified by the last one is no longer
  pin_version int not null default 1,
  failed_attempts int not null default 0,
  locked_until timestamptz,
  last_used_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  removed_at timestamptz
);
create index on till_staff (store_id) where removed_at is null;

-- Who posted an event at a till.
alter table events add column posted_by text;

do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['tills', 'till_staff'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy tenant on %I using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', tenant_table);
    execute format('grant select, insert, update on %I to parcours_app', tenant_table);
  end loop;
end $$;

create function resolve_till_code(hashes text[]) returns table (till_id uuid, workspace_id uuid)
  language sql stable security definer set search_path = public as $$
  select id, workspace_id from tills where code_hash in (select decode(each, 'hex') from unnest(hashes) each) and code_expires_at > clock_timestamp() and revoked_at is null
$$;
create function resolve_till_device(hash bytea) returns table (till_id uuid, workspace_id uuid, store_id uuid, till_name text, has_staff boolean)
  language sql stable security definer set search_path = public as $$
  select t.id, t.workspace_id, t.store_id, t.name, exists (select 1 from till_staff s where s.store_id = t.store_id and s.removed_at is null)
    from tills t where t.device_hash = hash and t.revoked_at is null
$$;
revoke execute on function resolve_till_code(text[]), resolve_till_device(bytea) from public;
grant execute on function resolve_till_code(text[]), resolve_till_device(bytea) to parcours_app;
