'use client';
/** The log of changes: who did what, when, and what it was before and after. Its filters live in the address. */
import { Anchor, Button, Select, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { api, type Page } from '#components/api-client.ts';
import { actionWord, AUDIT_NOUNS, changesOf, nounOf, pageOfSubject, type AuditLine } from '#components/settings/audit-line.ts';
import type { ApiKey, Members } from '#components/settings/settings-types.ts';
import classes from '#components/settings/settings.module.css';
import { DataTable } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { useAddressParam } from '#components/ui/use-address-param.ts';
import { useFormats } from '#components/use-formats.ts';

/** Who may have acted: the members and keys of today. */
function useActors(): { value: string; label: string }[] {
  const members = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => api.get<Members>('/members', {}, signal) });
  const keys = useQuery({ queryKey: ['api-keys', 'all'], queryFn: ({ signal }) => api.get<Page<ApiKey>>('/api-keys', { limit: 200 }, signal) });
  return [...(members.data?.items ?? []).map(({ userId, name }) => ({ value: `user:${userId}`, label: name })), ...(keys.data?.items ?? []).map(({ id, name, prefix }) => ({ value: `key:${id}`, label: `${name} (prc_${prefix}…)` }))];
}

function Changes({ line }: { line: AuditLine }) {
  const t = useTranslations('settings.audit');
  const changes = changesOf(line);
  if (changes.length === 0) return <span className="quiet">{line.reason ?? ''}</span>;
  return (
    <details className={classes.changes}>
      <summary>{t('fields', { count: changes.length })}{line.reason && ` · ${line.reason}`}</summary>
      <dl>
        {changes.map(({ field, before, after }) => (
          <div key={field}>
            <dt className="code">{field || t('value')}</dt>
            {before !== null && <dd><del aria-label={t('before', { value: before })}>{before}</del></dd>}
            <dd>{after === null ? <span className="quiet">{t('gone')}</span> : <ins aria-label={t('after', { value: after })}>{after}</ins>}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What can have been done, in words; only what concerns the noun when one is chosen. */
function useActions(about: string): { value: string; label: string }[] {
  const words: unknown = useTranslations('settings.audit').raw('actions');
  return Object.entries(typeof words === 'object' && words !== null ? words : {})
    .map(([key, label]) => ({ value: key.replace('_', '.'), label: String(label) })).filter(({ value }) => about === '' || nounOf(value) === about)
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** An action that another noun has been chosen over no longer counts. */
const actionWithin = (about: string, action: string): string => (about !== '' && nounOf(action) !== about ? '' : action);

function Tools({ actors }: { actors: { value: string; label: string }[] }) {
  const t = useTranslations('settings.audit');
  const [about, setAbout] = useAddressParam('about');
  const [action, setAction] = useAddressParam('action');
  const [actor, setActor] = useAddressParam('actor');
  const [from, setFrom] = useAddressParam('from');
  const [until, setUntil] = useAddressParam('until');
  return (
    <>
      <Select aria-label={t('about')} placeholder={t('anything')} clearable clearButtonProps={{ 'aria-label': t('clear', { name: t('about') }) }} value={about || null} onChange={(value) => setAbout(value ?? '')} data={AUDIT_NOUNS.map((value) => ({ value, label: t(`nouns.${value}`) }))} w={190} />
      <Select aria-label={t('action')} placeholder={t('anyAction')} clearable searchable clearButtonProps={{ 'aria-label': t('clear', { name: t('action') }) }} value={actionWithin(about, action) || null} onChange={(value) => setAction(value ?? '')} data={useActions(about)} w={230} />
      <Select aria-label={t('who')} placeholder={t('anybody')} clearable searchable clearButtonProps={{ 'aria-label': t('clear', { name: t('who') }) }} value={actor || null} onChange={(value) => setActor(value ?? '')} data={actors} w={220} />
      <TextInput type="date" aria-label={t('from')} value={from} max={until} onChange={(event) => setFrom(event.currentTarget.value)} w={150} />
      <TextInput type="date" aria-label={t('until')} value={until} min={from} onChange={(event) => setUntil(event.currentTarget.value)} w={150} />
    </>
  );
}

export function AuditPage() {
  const t = useTranslations('settings.audit');
  const ui = useTranslations('ui');
  const formats = useFormats();
  const [about] = useAddressParam('about');
  const [actor] = useAddressParam('actor');
  const [subject, setSubject] = useAddressParam('subject');
  const [from] = useAddressParam('from');
  const [until] = useAddressParam('until');
  const [chosen] = useAddressParam('action');
  const filters = { about, action: actionWithin(about, chosen), actor, subject, from, until };
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''));
  const who = (line: AuditLine): string => line.actorName ?? (/^(user|key):/.test(line.actor) ? t('someoneGone') : t('command', { name: line.actor }));
  const what = ({ action }: AuditLine): string => (t.has(`actions.${actionWord(action)}`) ? t(`actions.${actionWord(action)}`) : action);
  const nameOfSubject = (line: AuditLine): string => line.subjectName ?? line.subject;
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}><Button component="a" variant="default" href={`/api/v1/audit/export?${query}`} download="audit.csv" leftSection={<IconDownload size={16} aria-hidden />}>{ui('saveCsv')}</Button></PageHeader>
      {subject !== '' && <p style={{ marginTop: 0 }}>{t('onlyAbout')} <span className="code">{subject}</span> · <Anchor component="button" type="button" onClick={() => setSubject('')}>{t('all')}</Anchor></p>}
      <DataTable<AuditLine>
        label={t('title')} queryKey={['audit', filters]} rowKey={({ id }) => id} fetchPage={(after, signal) => api.get<Page<AuditLine>>('/audit', { after, ...filters }, signal)}
        empty={<EmptyState title={t(Object.values(filters).some(Boolean) ? 'nothingFound' : 'none')}>{t('noneHelp')}</EmptyState>}
        tools={<Tools actors={useActors()} />}
        columns={[
          { key: 'at', header: t('when'), render: ({ at }) => <span style={{ whiteSpace: 'nowrap' }}>{formats.dateTime(at)}</span>, width: 160 },
          { key: 'who', header: t('who'), render: who, width: 180 },
          { key: 'what', header: t('what'), render: what, width: 220 },
          {
            key: 'subject', header: t('subject'), width: 240,
            render: (line) => {
              const page = pageOfSubject(line);
              return page ? <Anchor component={Link} href={page} size="sm" className={classes.subject}>{nameOfSubject(line)}</Anchor> : <span className={classes.subject}>{nameOfSubject(line)}</span>;
            },
          },
          { key: 'changes', header: t('changes'), render: (line) => <Changes line={line} /> },
          { key: 'only', header: '', align: 'right', width: 90, render: ({ subject: on }) => (subject === '' ? <Anchor component="button" type="button" size="sm" onClick={() => setSubject(on)} aria-label={t('onlyThisNamed', { subject: on })}>{t('onlyThis')}</Anchor> : null) },
        ]}
      />
    </>
  );
}
