-- The stores in which a journey begins, by their keys, as its draft and each of its versions name them; null when it may begin anywhere. Read to tell what somebody sees who acts for some stores.
alter table journeys add column stores jsonb generated always as (draft #> '{entry,trigger,stores}'::text[]) stored;
alter table journey_versions add column stores jsonb generated always as (definition #> '{entry,trigger,stores}'::text[]) stored;

-- For whom a simulation was run, when they act for some stores only: it looked at nobody but the customers of these.
alter table simulations add column store_ids uuid[];
