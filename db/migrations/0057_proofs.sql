-- Proofs (§9.8): a template as chosen customers would read it, to a list of named people, and who got which version when. They are no messages: no pressure, report or timeline knows them.
create table proof_lists (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  name text not null check (length(name) between 1 and 120),
  recipients jsonb not null,
  updated_at timestamptz not null,
  unique (workspace_id, name)
);
create table proofs (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  template_key text not null,
  -- null: what stood in the editor and was not saved
  template_number int,
  list_name text not null,
  -- the step of a journey from which it was asked for
  journey_id uuid references journeys,
  node_id text,
  actor text not null,
  at timestamptz not null
);
create index on proofs (workspace_id, template_key, id desc);
create table proof_copies (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  proof_id uuid not null references proofs on delete cascade,
  recipient_name text,
  recipient text not null,
  -- as whom it was rendered; null for an invented reader
  reader_id uuid references customers,
  language text not null,
  outcome text not null check (outcome in ('sending', 'sent', 'refused', 'notTaken')),
  reason text
);
create index on proof_copies (proof_id);
do $$
declare tenant_table text;
begin
  foreach tenant_table in array array['proof_lists', 'proofs', 'proof_copies'] loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy tenant on %I using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', tenant_table);
    execute format('grant select, insert, update, delete on %I to parcours_app', tenant_table);
  end loop;
end $$;
