-- A journey that no longer runs can be put away: out of the lists, with its reports, its versions and every trace kept (§8.6).
alter table journeys add column archived_at timestamptz,
  add constraint archived_does_not_run check (archived_at is null or status in ('draft', 'stopped'));
