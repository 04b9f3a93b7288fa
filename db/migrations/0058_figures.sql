-- The figures that an operator watches: read over all workspaces, counts and ages only, by one process at a time. The others are given what it read last.
create table figure_readings (
  one boolean primary key default true check (one),
  read_at timestamptz not null,
  figures jsonb not null
);
grant select on figure_readings to parcours_app;

-- Sends of which nobody knows whether they left; there are few.
create index on messages (id) where status = 'unknown';

create function count_figures() returns jsonb language plpgsql volatile security definer set search_path = public as $$
declare
  counted jsonb;
  stray bigint := 0;
  n bigint;
  parent text;
begin
  foreach parent in array array['events', 'messages', 'traces', 'postings'] loop
    execute format('select count(*) from (select from %I limit 1000) t', parent || '_default') into n;
    stray := stray + n;
  end loop;
  with flowing as (
    select w.id, t.now from workspaces w left join clocks c on c.workspace_id = w.id cross join lateral (select workspace_now(w.id) as now offset 0) t where c.stands_at is null),
  unrouted as (
    select count(*) as n, extract(epoch from clock_timestamp() - min(pending_since)) as oldest from workspaces w, heads h where h.workspace_id = w.id and h.pending_since is not null),
  overdue as (
    select count(*) as n, extract(epoch from max(f.now - e.wake_at)) as oldest
      from flowing f, enrollments e where e.workspace_id = f.id and e.ended_at is null and e.wake_at < f.now - interval '10 seconds'),
  unarmed as (
    select count(*) as n from flowing f, cohorts k where k.workspace_id = f.id and k.armed_at is null and k.created_at < clock_timestamp() - interval '10 seconds'),
  due as (
    select o.channel, o.state, count(*) as n, extract(epoch from max(f.now - o.not_before)) as oldest
      from flowing f, outbox o where o.workspace_id = f.id and (o.state = 'sending' or o.not_before <= f.now) and o.held_by is distinct from 'paused' group by o.channel, o.state),
  unknown as (
    select count(*) as n from messages where status = 'unknown' and id > uuid_floor(clock_timestamp() - interval '1 day')),
  quarantined as (
    select count(*) as n from workspaces w, events e where e.workspace_id = w.id and e.outcome = 'quarantined' and e.id > uuid_floor(clock_timestamp() - interval '1 day')),
  posts as (
    select count(*) as n from connectors c, connector_posts p where p.connector_id = c.id and p.state = 'quarantined'),
  webhooks_due as (
    select count(*) as n, extract(epoch from clock_timestamp() - min(h.due_at)) as oldest
      from destinations d, webhooks h where d.state = 'active' and h.destination_id = d.id and h.state in ('queued', 'sending') and h.due_at <= clock_timestamp()),
  targets as (
    select count(*) filter (where state = 'active' and failing_since is not null) as failing, count(*) filter (where state = 'disabled') as disabled from destinations),
  requests_due as (
    select count(*) as n from flowing f, http_requests r where r.workspace_id = f.id and r.state in ('queued', 'sending') and r.not_before <= f.now),
  sessions as (
    select case when application_name like 'parcours%' then application_name else 'other' end as application, count(*) as n from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend' group by 1),
  transactions as (
    select coalesce(extract(epoch from max(clock_timestamp() - xact_start)), 0) as oldest from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()),
  months as (
    select count(*) - 1 as ahead from generate_series(0, 12) m
     where to_regclass('events_' || to_char((now() at time zone 'UTC') + make_interval(months => m), 'YYYYMM')) is not null)
  select jsonb_build_object(
    'unroutedHeads', unrouted.n, 'unroutedOldestSeconds', coalesce(unrouted.oldest, 0),
    'overdueWakes', overdue.n, 'overdueOldestSeconds', coalesce(overdue.oldest, 0),
    'unarmedCohorts', unarmed.n,
    'outbox', (select coalesce(jsonb_agg(jsonb_build_object('channel', channel, 'state', state, 'count', due.n, 'oldestSeconds', greatest(oldest, 0))), '[]') from due),
    'unknownSends', unknown.n, 'quarantinedEvents', quarantined.n, 'quarantinedPosts', posts.n,
    'dueWebhooks', webhooks_due.n, 'dueWebhooksOldestSeconds', coalesce(webhooks_due.oldest, 0), 'failingDestinations', targets.failing, 'disabledDestinations', targets.disabled,
    'dueRequests', requests_due.n,
    'connections', (select coalesce(jsonb_agg(jsonb_build_object('application', application, 'count', sessions.n)), '[]') from sessions),
    'connectionLimit', current_setting('max_connections')::int, 'oldestTransactionSeconds', transactions.oldest,
    'strayRows', stray, 'monthsAhead', months.ahead,
    'workers', (select count(*) from worker_heartbeats where seen_at > clock_timestamp() - interval '30 seconds'))
    into counted
    from unrouted, overdue, unarmed, unknown, quarantined, posts, webhooks_due, targets, requests_due, transactions, months;
  return counted;
end $$;

-- What was read at most so long ago, or is read now; while another process reads, what it read last. Null only before the first reading.
create function read_figures(maximum_age interval) returns table (read_at timestamptz, figures jsonb) language plpgsql volatile security definer set search_path = public as $$
begin
  return query select r.read_at, r.figures from figure_readings r where r.read_at > clock_timestamp() - maximum_age;
  if found then
    return;
  end if;
  if pg_try_advisory_xact_lock(727273) then
    return query insert into figure_readings as r (read_at, figures) values (clock_timestamp(), count_figures())
      on conflict (one) do update set read_at = excluded.read_at, figures = excluded.figures returning r.read_at, r.figures;
  else
    return query select r.read_at, r.figures from figure_readings r;
  end if;
end $$;
revoke execute on function count_figures(), read_figures(interval) from public;
grant execute on function read_figures(interval) to parcours_app;
