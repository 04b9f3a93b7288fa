-- The catalogue: what a product looks like and where it is sold, whether it is sold at all, and its words for searching.
create function product_words(sku text, name jsonb, categories text[]) returns text language sql immutable parallel safe set search_path = public as $$
  select fold_words(sku || ' ' || jsonb_path_query_array(name, '$.*')::text || ' ' || array_to_string(categories, ' '))
$$;

alter table products
  -- of the image library (/i/…), or anywhere on the web
  add column picture text check (length(picture) <= 2000),
  add column picture_hash text generated always as (substring(picture from '^/i/([0-9a-f]{40})\.')) stored,
  add column url text check (length(url) <= 2000),
  add column archived_at timestamptz,
  add column words text not null generated always as (product_words(sku, name, categories)) stored,
  add column search tsvector not null generated always as (to_tsvector('simple', product_words(sku, name, categories))) stored;
create index on products using gin (search);
create index on products (picture_hash) where picture_hash is not null;
