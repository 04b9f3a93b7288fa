-- A text in plain lower-case words without accents, for searching.
create function fold_words(said text) returns text language sql immutable parallel safe set search_path = public as $$
  select trim(regexp_replace(regexp_replace(normalize(lower(said), NFD), '[\u0300-\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))
$$;

-- The image library: pictures by their content, each in the sizes that are served. They lie in the database: one store to back up, and no other to run.
create table images (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  -- of the largest file: the same picture is kept once
  hash text not null check (hash ~ '^[0-9a-f]{40}$'),
  name text not null check (length(name) between 1 and 200),
  -- what a reader hears in place of the picture, by language
  alt jsonb not null,
  words text not null generated always as (fold_words(name || ' ' || jsonb_path_query_array(alt, '$.*')::text)) stored,
  format text not null check (format in ('jpeg', 'png', 'gif')),
  width int not null check (width > 0),
  height int not null check (height > 0),
  animated boolean not null,
  created_at timestamptz not null,
  -- taken out of the library while mails that left before still show it
  removed_at timestamptz,
  unique (workspace_id, hash)
);
create index on images (workspace_id, id desc) where removed_at is null;
alter table images enable row level security;
alter table images force row level security;
create policy tenant on images using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on images to parcours_app;

create table image_files (
  workspace_id uuid not null references workspaces,
  image_id uuid not null references images on delete cascade,
  size text not null check (size in ('large', 'medium', 'small')),
  hash text not null check (hash ~ '^[0-9a-f]{40}$'),
  format text not null check (format in ('jpeg', 'png', 'gif')),
  width int not null,
  height int not null,
  bytes bytea not null,
  primary key (image_id, size)
);
-- already compressed
alter table image_files alter column bytes set storage external;
create index on image_files (hash);
alter table image_files enable row level security;
alter table image_files force row level security;
create policy tenant on image_files using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, delete on image_files to parcours_app;

-- A file is public: whoever knows its hash knows its bytes, whichever workspace keeps it.
create function read_image_file(wanted text) returns table (format text, bytes bytea) language sql stable security definer set search_path = public as $$
  select format, bytes from image_files where hash = wanted limit 1
$$;
revoke execute on function read_image_file(text) from public;
grant execute on function read_image_file(text) to parcours_app;

-- A template that is brought from another workspace brings its pictures: they are kept there too, so that taking them away in the one leaves the other whole.
create function adopt_images(into_workspace uuid, hashes text[]) returns void language plpgsql volatile security definer set search_path = public as $$
declare
  found record;
  made uuid;
begin
  if into_workspace is distinct from nullif(current_setting('app.workspace_id', true), '')::uuid then
    raise exception 'images are adopted into the workspace of the transaction';
  end if;
  for found in
    select distinct on (i.hash) i.* from images i join image_files f on f.image_id = i.id
     where f.hash = any(hashes) and not exists (select from images mine where mine.workspace_id = into_workspace and mine.hash = i.hash)
     order by i.hash, i.id
  loop
    made := gen_random_uuid();
    -- Its name in the other library stays there; what is read of it stands in the mails.
    insert into images (id, workspace_id, hash, name, alt, format, width, height, animated, created_at)
    values (made, into_workspace, found.hash, left(jsonb_path_query_array(found.alt, '$.*') ->> 0, 200), found.alt, found.format, found.width, found.height, found.animated, workspace_now(into_workspace))
    on conflict (workspace_id, hash) do nothing;
    insert into image_files (workspace_id, image_id, size, hash, format, width, height, bytes)
    select into_workspace, made, size, hash, format, width, height, bytes from image_files where image_id = found.id and exists (select from images where id = made);
  end loop;
end
$$;
revoke execute on function adopt_images(uuid, text[]) from public;
grant execute on function adopt_images(uuid, text[]) to parcours_app;

-- Which files a version of a template names.
alter table template_versions add column image_hashes text[] not null default '{}';
create index on template_versions using gin (image_hashes) where image_hashes <> '{}';
