-- The keys of a vendor lie sealed beside what may be read of its account (engine/account-keys.ts).
alter table provider_accounts add column sealed bytea;

-- For work that goes through every workspace of an installation.
create function all_workspaces() returns setof uuid language sql stable security definer set search_path = public as $$ select id from workspaces order by id $$;
