-- WhatsApp beside e-mail and SMS: every workspace gets its account. Live ones stand for the installation's keys; a sandbox speaks to the vendor that takes its SMS.
do $$
declare
  each record;
  account uuid;
  endpoint uuid;
  sid text;
  token text;
begin
  for each in select w.id, w.kind, a.config ->> 'baseUrl' as base_url, v.webhook_url
                from workspaces w join provider_accounts a on a.workspace_id = w.id and a.channel = 'sms'
                left join vendor_accounts v on v.workspace_id = w.id and v.vendor = 'twilio'
               where not exists (select from provider_accounts o where o.workspace_id = w.id and o.channel = 'whatsapp') loop
    continue when each.kind = 'sandbox' and (each.base_url is null or each.webhook_url is null);
    account := gen_random_uuid();
    endpoint := gen_random_uuid();
    sid := 'AC' || replace(gen_random_uuid()::text, '-', '');
    token := replace(gen_random_uuid()::text, '-', '');
    insert into provider_accounts (id, workspace_id, channel, config) values (account, each.id, 'whatsapp', case each.kind
      when 'sandbox' then jsonb_build_object('kind', 'twilio', 'accountSid', sid, 'authToken', token, 'from', '+33700000001', 'baseUrl', each.base_url)
      else jsonb_build_object('kind', 'environment') end);
    insert into webhook_endpoints (id, workspace_id, account_id) values (endpoint, each.id, account);
    if each.kind = 'sandbox' then
      insert into vendor_accounts (id, workspace_id, vendor, credential, signing_secret, webhook_url)
      values (gen_random_uuid(), each.id, 'twilio', sid, token, regexp_replace(each.webhook_url, '[^/]+$', endpoint::text));
    end if;
  end loop;
end $$;
