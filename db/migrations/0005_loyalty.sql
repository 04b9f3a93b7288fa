-- Loyalty programmes, the double-entry ledger, offers and vouchers.
create table programmes (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  key text not null,
  definition jsonb not null,
  revision int not null default 1,
  updated_at timestamptz not null,
  unique (workspace_id, key)
);

-- Two rows per transfer, summing to zero; never changed, only reversed.
create table postings (
  id uuid primary key,
  workspace_id uuid not null,
  transfer_key text not null,
  programme_key text not null,
  account text not null,
  customer_id uuid,
  amount bigint not null,
  kind text not null,
  event_id uuid,
  order_id text,
  line_id text,
  rule text,
  enrollment_id uuid,
  at timestamptz not null
) partition by range (id);
create index on postings (customer_id, id);
create index on postings (workspace_id, order_id) where order_id is not null;

create table balances (
  customer_id uuid not null references customers,
  workspace_id uuid not null references workspaces,
  programme_key text not null,
  account text not null,
  amount bigint not null,
  primary key (customer_id, programme_key, account)
);

create table offers (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  key text not null,
  definition jsonb not null,
  stock_total int,
  stock_granted int not null default 0,
  updated_at timestamptz not null,
  unique (workspace_id, key),
  check (stock_total is null or stock_granted <= stock_total)
);

create table vouchers (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  offer_id uuid not null references offers,
  customer_id uuid not null references customers,
  grant_key text not null,
  code text not null,
  status text not null check (status in ('issued', 'redeemed', 'revoked')),
  valid_from timestamptz not null,
  valid_until timestamptz,
  issued_at timestamptz not null,
  redeemed_at timestamptz,
  order_id text,
  unique (workspace_id, code),
  unique (workspace_id, grant_key)
);
create index on vouchers (customer_id);

-- What a purchase was, so that its return can take back what it caused (§10.9): one row per order, written with the purchase.
create table orders (
  workspace_id uuid not null references workspaces,
  order_id text not null,
  customer_id uuid references customers,
  event_id uuid not null,
  purchase jsonb not null,
  -- what came back so far, by line
  returned jsonb not null default '{}',
  returned_whole boolean not null default false,
  occurred_at timestamptz not null,
  primary key (workspace_id, order_id)
);
create index on orders (customer_id);
