-- A quarantined event is kept as it was posted, with whom it named, so that it can be replayed once its cause is put right (§11.4).
alter table events add column posted jsonb;
