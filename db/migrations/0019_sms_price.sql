-- What one part of an SMS costs the workspace, in millionths of its currency; null when nobody said it. It is for estimates only.
alter table workspaces add column sms_part_micros integer check (sms_part_micros between 0 and 10000000);
