-- Letters: what the dispatcher handed over lies on a batch, until a person takes it as a file, posts it and says so; what comes back suspends the address (§13.7).
create table letter_batches (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  number int not null,
  state text not null check (state in ('open', 'closed', 'posted')),
  created_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  posted_at timestamptz,
  posted_by text,
  unique (workspace_id, number)
);
create unique index letter_batches_open on letter_batches (workspace_id) where state = 'open';
create table letters (
  message_id uuid primary key,
  workspace_id uuid not null references workspaces,
  batch_id uuid not null references letter_batches,
  customer_id uuid not null references customers,
  -- printed on the letter, so that an answer names it
  reply_code text not null,
  address text not null,
  recipient jsonb not null,
  text text not null,
  variables jsonb not null default '{}',
  transactional boolean not null,
  state text not null check (state in ('onBatch', 'withdrawn', 'posted', 'returned')),
  created_at timestamptz not null
);
create index on letters (batch_id, message_id);
create index on letters (workspace_id, reply_code);
do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['letter_batches', 'letters'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy tenant on %I using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', tenant_table);
    execute format('grant select, insert, update, delete on %I to parcours_app', tenant_table);
  end loop;
end $$;
