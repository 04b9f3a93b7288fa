-- When a signed link was first followed: the second click on the same link is no second event.
alter table links add column used_at timestamptz;
create index on links (message_id);
