-- Row-level security on every tenant table, the four questions that may look across workspaces, and the partitions.
do $$
declare tenant_table text;
begin
  foreach tenant_table in array array[
    'workspaces', 'clocks', 'clock_jumps', 'api_keys', 'audit_lines', 'provider_accounts', 'webhook_endpoints', 'stores', 'products',
    'customers', 'relatives', 'customer_identifiers', 'merge_candidates', 'heads', 'consents', 'suppressions', 'events', 'event_keys', 'event_types',
    'journeys', 'journey_versions', 'cohorts', 'enrollments', 'deferrals', 'traces', 'node_passes', 'templates', 'template_versions',
    'messages', 'outbox', 'batches', 'pressure_policies', 'pressure_entries', 'links', 'webhook_deliveries',
    'programmes', 'postings', 'balances', 'offers', 'vouchers', 'orders'
  ] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy tenant on %I using (%I = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)',
      tenant_table, case tenant_table when 'workspaces' then 'id' else 'workspace_id' end);
    execute format('grant select, insert, update, delete on %I to parcours_app', tenant_table);
  end loop;
end $$;

create function resolve_api_key(key_hash bytea) returns table (key_id uuid, workspace_id uuid, scopes text[])
  language sql stable security definer set search_path = public as $$
  select id, workspace_id, scopes from api_keys where hash = key_hash and revoked_at is null
$$;
create function resolve_endpoint(endpoint uuid) returns uuid language sql stable security definer set search_path = public as $$
  select workspace_id from webhook_endpoints where id = endpoint
$$;
create function resolve_link(link uuid) returns uuid language sql stable security definer set search_path = public as $$
  select workspace_id from links where id = link
$$;
create function resolve_workspace(workspace_slug text) returns uuid language sql stable security definer set search_path = public as $$
  select id from workspaces where slug = workspace_slug
$$;

-- Ids of the workspaces where a loop has something to do now. Machine time for leases, workspace time for what is due.
create function workspaces_with_work(kind text) returns setof uuid language plpgsql volatile security definer set search_path = public as $$
begin
  case kind
    when 'route' then return query select w.id from workspaces w where exists (select from heads h where h.workspace_id = w.id and h.pending_since is not null);
    when 'dispatch' then return query select w.id from workspaces w cross join lateral (select workspace_now(w.id) as now offset 0) t
      where exists (select from outbox o where o.workspace_id = w.id and o.state <> 'sending' and o.not_before <= t.now and (o.retry_at is null or o.retry_at <= clock_timestamp()))
         or exists (select from outbox o where o.workspace_id = w.id and o.state = 'sending' and o.lease_until < clock_timestamp())
         or exists (select from batches b where b.workspace_id = w.id and b.state = 'sending' and b.lease_until < clock_timestamp());
    when 'arm' then return query select w.id from workspaces w left join clocks c on c.workspace_id = w.id
      where c.stands_at is null and exists (select from cohorts k where k.workspace_id = w.id and k.armed_at is null and k.created_at < clock_timestamp() - interval '2 seconds');
    when 'overdue' then return query select w.id from workspaces w left join clocks c on c.workspace_id = w.id
      cross join lateral (select workspace_now(w.id) as now offset 0) t
      where c.stands_at is null and exists (select from enrollments e where e.workspace_id = w.id and e.ended_at is null and e.wake_at < t.now - interval '10 seconds');
    when 'stop' then return query select distinct j.workspace_id from journeys j
      where j.status = 'stopped' and exists (select from enrollments e where e.journey_id = j.id and e.ended_at is null);
    when 'resume' then return query select distinct j.workspace_id from journeys j
      where j.status = 'live' and exists (select from deferrals d where d.journey_id = j.id);
    when 'jump' then return query select j.workspace_id from clock_jumps j where j.state = 'running' and (j.lease_until is null or j.lease_until < clock_timestamp());
    else raise exception 'unknown kind of work: %', kind;
  end case;
end $$;

-- The lowest UUID of version 7 that an instant of machine time can have.
create function uuid_floor(at timestamptz) returns uuid language sql immutable as $$
  select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

-- Makes the monthly partitions from this month on; answers how many rows had to go to a default partition (0 is healthy).
create function ensure_partitions(months_ahead int) returns bigint language plpgsql security definer set search_path = public as $$
declare parent text; month date; part text; stray bigint := 0; n bigint;
begin
  perform pg_advisory_xact_lock(727272);
  foreach parent in array array['events', 'messages', 'traces', 'postings'] loop
    execute format('create table if not exists %I partition of %I default', parent || '_default', parent);
    for ahead in 0..months_ahead loop
      month := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead))::date;
      part := parent || '_' || to_char(month, 'YYYYMM');
      if to_regclass(part) is null then
        execute format('create table %I partition of %I for values from (%L) to (%L)', part, parent,
          uuid_floor(month::timestamp at time zone 'UTC'), uuid_floor((month + interval '1 month') at time zone 'UTC'));
      end if;
    end loop;
    execute format('select count(*) from %I', parent || '_default') into n;
    stray := stray + n;
  end loop;
  return stray;
end $$;
select ensure_partitions(3);

revoke execute on all functions in schema public from public;
grant execute on all functions in schema public to parcours_app;
