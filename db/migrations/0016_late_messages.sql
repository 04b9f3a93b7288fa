-- Messages that a paused journey keeps (outbox.held_by = 'paused'), and what its author says of those that are late when it runs again (§8.4).
alter table journeys add column late text not null default 'skip' check (late in ('skip', 'send', 'ask'));

create function workspaces_to_release() returns setof uuid language sql volatile security definer set search_path = public as $$
  select distinct o.workspace_id from outbox o join messages m on m.id = o.message_id join journeys j on j.id = m.journey_id
   where o.held_by in ('paused', 'late') and j.status <> 'paused' and (o.held_by = 'paused' or j.late <> 'ask')
$$;
revoke execute on function workspaces_to_release() from public;
grant execute on function workspaces_to_release() to parcours_app;
