-- What the processes know of Temporal and of each other. Outside row-level security: neither table holds a tenant's data.
create table temporal_cluster (
  cluster_id text primary key,
  seen_at timestamptz not null default clock_timestamp()
);
create table worker_heartbeats (
  worker_id text primary key,
  seen_at timestamptz not null default clock_timestamp()
);
grant select, insert, update, delete on temporal_cluster, worker_heartbeats to parcours_app;

-- Forgets that workflows sleep for the cohorts with people in them, so that the sweep starts them anew; answers how many.
create function disarm_cohorts() returns bigint language sql volatile security definer set search_path = public as $$
  with disarmed as (
    update cohorts k set armed_at = null where armed_at is not null
      and exists (select from enrollments e where e.cohort_id = k.id and e.ended_at is null) returning 1)
  select count(*) from disarmed
$$;

-- A worker tells which Temporal cluster it meets. Another one than the last knows none of our workflows: the cohorts are disarmed, once,
-- whichever worker sees it first. Answers whether it was another one.
create function meet_temporal_cluster(met text) returns boolean language plpgsql volatile security definer set search_path = public as $$
declare known text;
begin
  lock table temporal_cluster in exclusive mode;
  select cluster_id into known from temporal_cluster order by seen_at desc limit 1;
  if known = met then
    return false;
  end if;
  insert into temporal_cluster (cluster_id) values (met) on conflict (cluster_id) do update set seen_at = clock_timestamp();
  perform disarm_cohorts();
  return known is not null;
end $$;

-- Workspaces whose counters of passages of finished minutes are not folded yet.
create function workspaces_to_fold() returns setof uuid language sql volatile security definer set search_path = public as $$
  select w.id from workspaces w where exists (
    select from node_passes p where p.workspace_id = w.id and not p.folded and p.minute < workspace_now(w.id) - interval '1 minute')
$$;

revoke execute on function disarm_cohorts(), meet_temporal_cluster(text), workspaces_to_fold() from public;
grant execute on function disarm_cohorts(), meet_temporal_cluster(text), workspaces_to_fold() to parcours_app;

-- The next due moment of a sandbox, and whether a workspace has something to hand over.
create index on outbox (workspace_id, not_before) where state <> 'sending';
