-- For how many days after a message a purchase is attributed to it, by channel (§12.9).
alter table workspaces add column attribution jsonb not null default '{"emailDays": 14, "smsDays": 3}';
