-- How a brand looks: what new e-mails begin with and the customers' own pages show.
create table brand_kits (
  workspace_id uuid primary key references workspaces,
  kit jsonb not null,
  logo_hash text generated always as (substring(kit -> 'logo' ->> 'path' from '^/i/([0-9a-f]{40})\.')) stored,
  changed_at timestamptz not null
);
alter table brand_kits enable row level security;
alter table brand_kits force row level security;
create policy tenant on brand_kits using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update on brand_kits to parcours_app;
