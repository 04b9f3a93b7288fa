'use client';
/** One destination: how it fares and why, what can be done with it, and its log. */
import { ActionIcon, Alert, Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDots, IconPlayerPause, IconPlayerPlay, IconSend } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence, useReasonSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { ConfirmWithNumbers } from '#components/ui/confirm-with-numbers.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';
import { DESTINATION_TONES, stateOf, type Destination } from '#components/webhooks/destination-types.ts';
import { RotateSecret } from '#components/webhooks/rotate-secret.tsx';
import { WebhookLog } from '#components/webhooks/webhook-log.tsx';
import classes from '#components/webhooks/webhooks.module.css';

/** Fetched when it is needed. */
const DestinationForm = dynamic(async () => (await import('#components/webhooks/destination-form.tsx')).DestinationForm);

type Dialog = 'change' | 'rotate' | 'delete' | null;

function Facts({ destination }: { destination: Destination }) {
  const t = useTranslations('webhooks.destinations');
  const formats = useFormats();
  const { address, types, waiting, failed, takenAt, previousSecretUntil } = destination;
  return (
    <dl className={classes.facts}>
      <div><dt>{t('address')}</dt><dd className="code">{address}</dd></div>
      <div><dt>{t('taken')}</dt><dd>{takenAt ? formats.dateTime(takenAt) : t('never')}</dd></div>
      <div><dt>{t('waiting')}</dt><dd>{formats.number(waiting)}</dd></div>
      <div><dt>{t('failed')}</dt><dd>{formats.number(failed)}</dd></div>
      {previousSecretUntil && <div><dt>{t('previous')}</dt><dd>{t('previousUntil', { at: formats.dateTime(previousSecretUntil) })}</dd></div>}
      <div style={{ gridColumn: '1 / -1' }}><dt>{t('types')}</dt><dd className={classes.types}>{types.map((type) => <span key={type} className="code">{type}</span>)}</dd></div>
    </dl>
  );
}

/** Why it does not run as it should, and what to do. */
function Trouble({ destination }: { destination: Destination }) {
  const t = useTranslations('webhooks.destinations');
  const formats = useFormats();
  const sentence = useReasonSentence();
  const state = stateOf(destination);
  if (state === 'disabled') return <Alert color="danger" mb="md" title={t('isDisabled')}>{destination.reason && sentence(destination.reason)} {t('disabledHelp')}</Alert>;
  if (state === 'failing' && destination.failingSince) return <Alert color="warning" mb="md" title={t('isFailing', { at: formats.dateTime(destination.failingSince) })}>{t('failingHelp')}</Alert>;
  return null;
}

function Actions({ destination, act, busy, onDialog }: { destination: Destination; act: (name: 'test' | 'pause' | 'resume') => void; busy: boolean; onDialog: (dialog: Dialog) => void }) {
  const t = useTranslations('webhooks.destinations');
  const runs = destination.state === 'active';
  return (
    <>
      <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} loading={busy} onClick={() => act('test')}>{t('test')}</Button>
      <Button variant={runs ? 'default' : 'filled'} leftSection={runs ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />} onClick={() => act(runs ? 'pause' : 'resume')}>{t(runs ? 'pause' : 'resume')}</Button>
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon variant="default" size={36} aria-label={t('more')}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onDialog('change')}>{t('change')}</Menu.Item>
          <Menu.Item onClick={() => onDialog('rotate')}>{t('rotate')}</Menu.Item>
          <Menu.Item color="danger" onClick={() => onDialog('delete')}>{t('delete')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

export function DestinationPage({ destinationId }: { destinationId: string }) {
  const t = useTranslations('webhooks.destinations');
  const router = useRouter();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('webhooks:write');
  const [dialog, setDialog] = useState<Dialog>(null);
  const query = useQuery({ queryKey: ['destinations', destinationId], queryFn: ({ signal }) => api.get<Destination>(`/destinations/${destinationId}`, {}, signal), refetchInterval: 10_000 });
  const act = useMutation({
    mutationFn: (name: 'test' | 'pause' | 'resume' | 'delete') => (name === 'delete' ? api.delete(`/destinations/${destinationId}`) : api.post(`/destinations/${destinationId}/${name}`)),
    onSuccess: async (_, name) => {
      notifications.show({ color: 'live', message: t(`did.${name}`) });
      if (name === 'delete') router.push('/settings/destinations');
      else await queries.invalidateQueries({ queryKey: ['destinations'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const { data: destination } = query;
  const back = { href: '/settings/destinations', label: t('title') };
  if (!destination) return <><PageHeader title={t('one')} back={back} />{query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <LoadingState />}</>;
  const state = stateOf(destination);
  return (
    <>
      <PageHeader title={destination.name} back={back} badge={<StatusBadge tone={DESTINATION_TONES[state]}>{t(`states.${state}`)}</StatusBadge>}>
        {mayWrite && <Actions destination={destination} busy={act.isPending} act={(name) => act.mutate(name)} onDialog={setDialog} />}
      </PageHeader>
      <Trouble destination={destination} />
      <Facts destination={destination} />
      <WebhookLog destination={destination} />
      {dialog === 'change' && <DestinationForm destination={destination} onClose={() => setDialog(null)} />}
      {dialog === 'rotate' && <RotateSecret destination={destination} onClose={() => setDialog(null)} />}
      <ConfirmWithNumbers busy={act.isPending} onClose={() => setDialog(null)} onConfirm={() => act.mutate('delete')}
        confirmation={dialog === 'delete' ? { title: t('deleteTitle', { name: destination.name }), consequences: [t('deleteNow'), t('deleteWaiting', { count: destination.waiting })], action: t('deleteAction'), danger: true } : null} />
    </>
  );
}
