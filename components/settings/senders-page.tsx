'use client';
/** In whose name the workspace speaks on each channel, and whether it can. */
import { Badge, Button, CopyButton, Group } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { domainOfSender } from '#domain/messages/domain-of-sender.ts';
import { api } from '#components/api-client.ts';
import { useCan, useSession } from '#components/session.tsx';
import { SenderDomains, useSenderDomains } from '#components/settings/sender-domains.tsx';
import { SenderForm } from '#components/settings/sender-form.tsx';
import { SenderTest } from '#components/settings/sender-test.tsx';
import { StoreSenders, type StoreSender } from '#components/settings/store-senders.tsx';
import { SENDER_CHANNELS, type Account, type SenderChannel } from '#components/settings/sender-vendors.ts';
import classes from '#components/settings/settings.module.css';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';

type Action = { does: 'change' | 'test'; channel: SenderChannel; store?: StoreSender };

/** `unverified`: the domain of its address, where journeys wait for it to be verified. */
function SenderCard({ channel, account, unverified, onAct }: { channel: SenderChannel; account: Account | null; unverified: string | null; onAct: (action: Action) => void }) {
  const t = useTranslations('settings.senders');
  const ui = useTranslations('ui');
  const mayWrite = useCan('settings:write');
  const isSandbox = useSession().workspace.kind === 'sandbox';
  const state = account?.state ?? 'missing';
  const name = t(`channels.${channel}`);
  return (
    <section className={classes.sender} aria-labelledby={`sender-${channel}`}>
      <Group justify="space-between" gap={8}>
        <h2 id={`sender-${channel}`}>{name}</h2>
        <Badge variant="light" color={state === 'ready' && unverified === null ? 'live' : 'warning'}>{isSandbox && state === 'ready' ? t('simulated') : unverified !== null ? t('unverified') : t(`states.${state}`)}</Badge>
      </Group>
      {state === 'ready' ? (
        <dl>
          <div><dt>{t('speaksAs')}</dt><dd>{account?.sender ?? '—'}</dd></div>
          {account?.replyTo && <div><dt>{t('replyTo')}</dt><dd>{account.replyTo}</dd></div>}
          <div><dt>{t('vendor')}</dt><dd>{isSandbox ? t('simulatedVendor') : account?.keys === 'environment' ? t('vendors.environment') : account?.kind === 'resend' || account?.kind === 'smtp' || account?.kind === 'twilio' ? t(`vendors.${account.kind}`) : '—'}</dd></div>
        </dl>
      ) : <p>{t(`help.${state}`)}</p>}
      {unverified !== null && <p>{t('unverifiedHelp', { domain: unverified })}</p>}
      {account?.webhookUrl && !isSandbox && (
        <p className={classes.webhook}>
          {t('webhookHelp')} <span className="code">{account.webhookUrl}</span>
          <CopyButton value={account.webhookUrl}>{({ copied, copy }) => <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconCopy size={14} aria-hidden />} aria-label={t('copyWebhook', { channel: name })} onClick={copy}>{ui(copied ? 'copied' : 'copy')}</Button>}</CopyButton>
        </p>
      )}
      {mayWrite && (
        <Group gap={8}>
          {(!isSandbox || state === 'ready') && <Button variant={state === 'ready' ? 'default' : 'filled'} size="compact-md" aria-label={t('change', { channel: name })} onClick={() => onAct({ does: 'change', channel })}>{t(state === 'ready' ? 'changeIt' : 'setUp')}</Button>}
          {state === 'ready' && channel !== 'whatsapp' && <Button variant="subtle" size="compact-md" aria-label={t('testNamed', { channel: name })} onClick={() => onAct({ does: 'test', channel })}>{t('test')}</Button>}
        </Group>
      )}
    </section>
  );
}

export function SendersPage() {
  const t = useTranslations('settings.senders');
  const isSandbox = useSession().workspace.kind === 'sandbox';
  const [action, setAction] = useState<Action | null>(null);
  const accounts = useQuery({ queryKey: ['senders'], queryFn: ({ signal }) => api.get<{ items: Account[] }>('/provider-accounts', {}, signal) });
  const domains = useSenderDomains();
  const email = accounts.data?.items.find((each) => each.channel === 'email');
  const wanted = !isSandbox && email?.keys === 'own' && email.kind === 'resend' && email.sender !== null ? domainOfSender(email.sender) : null;
  const unverified = wanted !== null && domains.data && !domains.data.items.some(({ name, state }) => name === wanted && state === 'verified') ? wanted : null;
  const accountOf = (channel: SenderChannel): Account | null => accounts.data?.items.find((each) => each.channel === channel) ?? null;
  return (
    <>
      <PageHeader title={t('title')} lede={t(isSandbox ? 'ledeSandbox' : 'lede')} />
      {accounts.error ? <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} /> : !accounts.data ? <LoadingState /> : (
        <>
          <div className={classes.senders}>{SENDER_CHANNELS.map((channel) => <SenderCard key={channel} channel={channel} account={accountOf(channel)} unverified={channel === 'email' ? unverified : null} onAct={setAction} />)}</div>
          <StoreSenders onTest={(store) => setAction({ does: 'test', channel: store.channel, store })} />
          {accountOf('email')?.kind === 'resend' && <SenderDomains sender={accountOf('email')?.sender ?? null} />}
        </>
      )}
      {action?.does === 'change' && <SenderForm channel={action.channel} account={accountOf(action.channel)} onClose={() => setAction(null)} />}
      {action?.does === 'test' && action.channel !== 'whatsapp' && <SenderTest channel={action.channel} store={action.store ?? null} onClose={() => setAction(null)} />}
    </>
  );
}
