'use client';
/** The domains in whose name e-mails leave: the records to put into the DNS, each with its state, and whether the vendor has found them. */
import { ActionIcon, Alert, Button, CopyButton, Group, Menu, TextInput, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconCopy, IconDots, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';
import { domainOfSender, readDomain } from '#domain/messages/domain-of-sender.ts';
import type { DomainRecord, DomainState } from '#domain/messages/sender-domain.ts';
import { api } from '#components/api-client.ts';
import { useProblemSentence, useReasonSentence, type ReasonData } from '#components/reason-sentence.ts';
import { useCan, useSession } from '#components/session.tsx';
import classes from '#components/settings/settings.module.css';
import { ErrorState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

export type SenderDomain = { id: string; name: string; state: DomainState; records: DomainRecord[]; reason: ReasonData | null; checkedAt: string | null; verifiedAt: string | null; lostAt: string | null };
const TONES = { notStarted: 'quiet', pending: 'warning', verified: 'live', failed: 'danger' } as const;
/** While records are being put, the page follows. */
const FOLLOW_MS = 5_000;

export const useSenderDomains = () => useQuery({
  queryKey: ['sender-domains'], queryFn: ({ signal }) => api.get<{ items: SenderDomain[] }>('/sender-domains', {}, signal),
  refetchInterval: ({ state }) => (state.data?.items.some(({ state: each }) => each === 'pending' || each === 'notStarted') ? FOLLOW_MS : false),
});

function Copied({ value, label }: { value: string; label: string }) {
  const ui = useTranslations('ui');
  return (
    <span className={classes.copied}>
      <span className="code">{value}</span>
      <CopyButton value={value}>{({ copied, copy }) => <Tooltip label={ui(copied ? 'copied' : 'copy')}><ActionIcon size="sm" aria-label={label} onClick={copy}>{copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}</ActionIcon></Tooltip>}</CopyButton>
    </span>
  );
}

function Records({ domain }: { domain: SenderDomain }) {
  const t = useTranslations('settings.domains');
  return (
    <div className={classes.records} tabIndex={0} role="group" aria-label={t('recordsOf', { name: domain.name })}>
      <table>
        <thead><tr>{(['type', 'name', 'value', 'priority', 'ttl', 'found'] as const).map((column) => <th key={column} scope="col">{t(`column.${column}`)}</th>)}</tr></thead>
        <tbody>
          {domain.records.map((record) => (
            <tr key={`${record.type} ${record.name} ${record.value}`}>
              <td>{record.type}</td>
              <td><Copied value={record.name} label={t('copyName', { type: record.type, purpose: record.purpose })} /></td>
              <td><Copied value={record.value} label={t('copyValue', { type: record.type, purpose: record.purpose })} /></td>
              <td>{record.priority ?? '—'}</td><td>{record.ttl}</td>
              <td><StatusBadge tone={TONES[record.state]}>{t(`record.${record.state}`)}</StatusBadge></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DomainCard({ domain }: { domain: SenderDomain }) {
  const t = useTranslations('settings.domains');
  const reasonSentence = useReasonSentence();
  const sentence = useProblemSentence();
  const formats = useFormats();
  const queries = useQueryClient();
  const mayWrite = useCan('settings:write');
  const [open, setOpen] = useState<boolean | null>(null);
  const shown = open ?? domain.state !== 'verified';
  const done = () => queries.invalidateQueries({ queryKey: ['sender-domains'] });
  const fail = (error: unknown): void => void notifications.show({ color: 'danger', message: sentence(error) });
  const check = useMutation({ mutationFn: () => api.post<SenderDomain>(`/sender-domains/${domain.id}/check`), onSuccess: ({ state }) => notifications.show({ color: state === 'verified' ? 'live' : 'warning', message: t(`checked.${state}`, { name: domain.name }) }), onError: fail, onSettled: done });
  const remove = useMutation({ mutationFn: () => api.delete(`/sender-domains/${domain.id}`), onError: fail, onSettled: done });
  return (
    <section className={classes.sender} aria-labelledby={`domain-${domain.id}`}>
      <Group justify="space-between" gap={8}>
        <h3 id={`domain-${domain.id}`}>{domain.name}</h3>
        <StatusBadge tone={TONES[domain.state]}>{t(`state.${domain.state}`)}</StatusBadge>
      </Group>
      {domain.lostAt && <Alert color="danger">{t('lost', { at: formats.dateTime(domain.lostAt) })}</Alert>}
      {domain.reason && <Alert color="warning">{reasonSentence(domain.reason)}</Alert>}
      <p>{t(`help.${domain.state}`)} {domain.checkedAt && <span className="quiet">{t('checkedAt', { at: formats.dateTime(domain.checkedAt) })}</span>}</p>
      {shown && domain.records.length > 0 && <Records domain={domain} />}
      <Group gap={8}>
        {mayWrite && <Button size="compact-md" variant="default" leftSection={<IconRefresh size={16} stroke={1.6} aria-hidden />} loading={check.isPending} aria-label={t('checkNamed', { name: domain.name })} onClick={() => check.mutate()}>{t('check')}</Button>}
        {domain.records.length > 0 && <Button size="compact-md" variant="subtle" aria-expanded={shown} onClick={() => setOpen(!shown)}>{t(shown ? 'hideRecords' : 'showRecords')}</Button>}
        {mayWrite && (
          <Menu>
            <Menu.Target><ActionIcon size={30} aria-label={t('actionsNamed', { name: domain.name })} loading={remove.isPending}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
            <Menu.Dropdown><Menu.Item color="danger" leftSection={<IconTrash size={16} stroke={1.6} aria-hidden />} onClick={() => remove.mutate()}>{t('remove')}</Menu.Item></Menu.Dropdown>
          </Menu>
        )}
      </Group>
    </section>
  );
}

function AddDomain({ proposed }: { proposed: string | null }) {
  const t = useTranslations('settings.domains');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<string | null>(null);
  const name = readDomain(typed ?? proposed ?? '');
  const add = useMutation({
    mutationFn: (domain: string) => api.post<SenderDomain>('/sender-domains', { name: domain }),
    onSuccess: async () => {
      setTyped('');
      await queries.invalidateQueries({ queryKey: ['sender-domains'] });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (name !== null) add.mutate(name);
  };
  return (
    <form onSubmit={submit} className={classes.addDomain}>
      <TextInput label={t('name')} description={t('nameHelp')} value={typed ?? proposed ?? ''} error={typed && name === null ? t('nameWrong') : add.error ? sentence(add.error) : null} onChange={(event) => setTyped(event.currentTarget.value)} />
      <Button type="submit" loading={add.isPending} disabled={name === null}>{t('add')}</Button>
    </form>
  );
}

/** `sender` is in whose name e-mails leave now. */
export function SenderDomains({ sender }: { sender: string | null }) {
  const t = useTranslations('settings.domains');
  const mayWrite = useCan('settings:write');
  const isSandbox = useSession().workspace.kind === 'sandbox';
  const domains = useSenderDomains();
  const items = domains.data?.items ?? [];
  const wanted = sender === null ? null : domainOfSender(sender);
  const proposed = wanted !== null && !items.some(({ name }) => name === wanted) ? wanted : null;
  return (
    <section aria-labelledby="domains" className={classes.domains}>
      <h2 id="domains">{t('title')}</h2>
      <p className="quiet">{t(isSandbox ? 'aboutSandbox' : 'about')}</p>
      {domains.error ? <ErrorState error={domains.error} onRetry={() => void domains.refetch()} /> : items.map((domain) => <DomainCard key={domain.id} domain={domain} />)}
      {mayWrite && domains.data && <AddDomain key={proposed ?? ''} proposed={proposed} />}
    </section>
  );
}
