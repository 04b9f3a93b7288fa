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
