-- The poster of a store with which a passer-by joins: a place of its own kind, one per store.
alter table places drop constraint places_kind_check;
alter table places add constraint places_kind_check check (kind in ('qr', 'place', 'device', 'join'));
create unique index on places (store_id) where kind = 'join';
