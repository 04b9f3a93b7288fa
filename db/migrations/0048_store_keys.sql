-- A key may be bound to stores (§11.4): what it posts is theirs, and it reads whom they have served. Null: there is no such limit.
alter table api_keys add column store_ids uuid[] check (store_ids is null or cardinality(store_ids) > 0);
drop function resolve_api_key(bytea);
create function resolve_api_key(key_hash bytea) returns table (key_id uuid, workspace_id uuid, scopes text[], store_ids uuid[])
  language sql stable security definer set search_path = public as $$
  select id, workspace_id, scopes, store_ids from api_keys where hash = key_hash and revoked_at is null
$$;
revoke execute on function resolve_api_key(bytea) from public;
grant execute on function resolve_api_key(bytea) to parcours_app;
