-- Domains in whose name a workspace sends e-mail, as its vendor knows them: the records to put into the DNS, and whether they are there. Checks run on machine time.
create table sender_domains (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  name text not null check (name = lower(name)),
  -- the vendor's own id; null until it has taken the domain
  vendor_id text,
  state text not null check (state in ('notStarted', 'pending', 'verified', 'failed')),
  records jsonb not null default '[]',
  -- why it could not be asked, or what became of it
  reason jsonb,
  checks int not null default 0,
  checked_at timestamptz,
  next_check_at timestamptz not null default clock_timestamp(),
  verified_at timestamptz,
  -- since when a domain that was verified is so no longer
  lost_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  unique (workspace_id, name)
);
create index on sender_domains (next_check_at);
alter table sender_domains enable row level security;
alter table sender_domains force row level security;
create policy tenant on sender_domains using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on sender_domains to parcours_app;

-- Those to be asked about now; a check that dies is asked again after its lease.
create function sender_domains_due(most int) returns table (workspace_id uuid, domain_id uuid) language sql volatile security definer set search_path = public as $$
  update sender_domains d set next_check_at = clock_timestamp() + interval '2 minutes'
   where d.id in (select s.id from sender_domains s where s.next_check_at <= clock_timestamp() order by s.next_check_at limit most for update skip locked)
  returning d.workspace_id, d.id
$$;
revoke execute on function sender_domains_due(int) from public;
grant execute on function sender_domains_due(int) to parcours_app;

-- What the simulated vendor knows of domains.
create table vendor_domains (
  id uuid primary key,
  account_id uuid not null references vendor_accounts,
  name text not null,
  created_at timestamptz not null default clock_timestamp(),
  verify_asked_at timestamptz,
  unique (account_id, name)
);
grant select, insert, update, delete on vendor_domains to parcours_app;
-- In whose name a store speaks to its own customers, where that is not the brand's: a name, an address or a number on a channel.
create table store_senders (
  workspace_id uuid not null references workspaces,
  store_id uuid not null references stores on delete cascade,
  channel text not null check (channel in ('email', 'sms', 'whatsapp')),
  sender jsonb not null,
  updated_at timestamptz not null,
  primary key (store_id, channel)
);
create index on store_senders (workspace_id);
alter table store_senders enable row level security;
alter table store_senders force row level security;
create policy tenant on store_senders using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on store_senders to parcours_app;
