-- Places, QR codes and devices at which a customer is met (§1.10), each visit of theirs, and their consent to be located, which names no channel.
create table places (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  key text not null,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('qr', 'place', 'device')),
  store_id uuid references stores,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  radius_meters int check (radius_meters between 10 and 50000),
  -- what a passer-by reads, by language
  invitation jsonb not null default '{}',
  -- channels for which the page asks for consent to marketing
  asks_for text[] not null default '{}',
  -- what its printed code names; another one makes every print of the last one worthless
  code_id uuid not null unique,
  created_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz,
  unique (workspace_id, key),
  check ((latitude is null) = (longitude is null) and (latitude is null) = (radius_meters is null))
);
alter table places enable row level security;
alter table places force row level security;
create policy tenant on places using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update on places to parcours_app;

-- Where the person was exactly is kept nowhere.
create table place_visits (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  place_id uuid not null references places,
  customer_id uuid not null references customers,
  at timestamptz not null
);
create index on place_visits (place_id, at);
create index on place_visits (customer_id, place_id, at);
alter table place_visits enable row level security;
alter table place_visits force row level security;
create policy tenant on place_visits using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert on place_visits to parcours_app;

-- The last line of a customer is the one in force.
create table location_consents (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  customer_id uuid not null references customers,
  state text not null check (state in ('granted', 'denied')),
  source text not null check (length(source) between 1 and 100),
  wording_version text check (length(wording_version) <= 100),
  proof jsonb,
  at timestamptz not null
);
create index on location_consents (customer_id, id desc);
alter table location_consents enable row level security;
alter table location_consents force row level security;
create policy tenant on location_consents using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert on location_consents to parcours_app;

create function resolve_place(code uuid) returns uuid language sql stable security definer set search_path = public as $$
  select workspace_id from places where code_id = code
$$;
revoke execute on function resolve_place(uuid) from public;
grant execute on function resolve_place(uuid) to parcours_app;
