-- The browsers in which a customer takes notifications (Web Push, RFC 8030). A browser that is shared belongs to whoever subscribed in it last.
create table push_subscriptions (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  customer_id uuid not null references customers,
  endpoint text not null check (length(endpoint) <= 2000),
  -- the browser's public key and the secret it shares with us (RFC 8291), base64url
  p256dh text not null,
  auth text not null,
  user_agent text check (length(user_agent) <= 300),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  -- when its push service said that it is no more, or somebody took it away
  gone_at timestamptz,
  unique (workspace_id, endpoint)
);
create index on push_subscriptions (customer_id) where gone_at is null;
alter table push_subscriptions enable row level security;
alter table push_subscriptions force row level security;
create policy tenant on push_subscriptions using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update on push_subscriptions to parcours_app;

alter table vendor_accounts drop constraint vendor_accounts_vendor_check;
alter table vendor_accounts add constraint vendor_accounts_vendor_check check (vendor in ('resend', 'twilio', 'webpush'));
