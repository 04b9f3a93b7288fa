-- When a customer had a browser stays known (§12.1): one that comes back after it was gone, or changes hands, begins a row of its own, and the one before keeps its end.
alter table push_subscriptions drop constraint push_subscriptions_workspace_id_endpoint_key;
create unique index on push_subscriptions (workspace_id, endpoint) where gone_at is null;
create index on push_subscriptions (customer_id);
