'use client';
/** One connector: the address to give to the shop, its mapping beside a sample, and what was posted. */
import { ActionIcon, Alert, Anchor, Button, Code, CopyButton, Group, Menu, Modal, PasswordInput, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCopy, IconDots } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { ConfirmWithNumbers } from '#components/ui/confirm-with-numbers.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import type { Connector, ReadyLine } from '#components/webhooks/connector-types.ts';
import { PostLog } from '#components/webhooks/post-log.tsx';

/** Fetched when it is needed. */
const MappingEditor = dynamic(async () => (await import('#components/webhooks/mapping-editor.tsx')).MappingEditor);

type Act = 'close' | 'open' | 'renew' | 'delete' | { secret: string };

/** What to do in the shop, with the address to copy. */
function Address({ connector: { url, kind, hasSecret, signature } }: { connector: Connector }) {
  const t = useTranslations('webhooks.connectors');
  const ui = useTranslations('ui');
  return (
    <Alert color="gray" mb="lg" title={t('address')}>
      {t(`steps.${kind}`)}
      <Group mt="sm" gap="xs" wrap="nowrap" align="flex-start">
        <Code block style={{ flex: 1, overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{url}</Code>
        <CopyButton value={url}>{({ copied, copy }) => <Button variant="default" size="xs" leftSection={<IconCopy size={14} aria-hidden />} onClick={copy}>{ui(copied ? 'copied' : 'copy')}</Button>}</CopyButton>
      </Group>
      <Text size="sm" mt="xs">{signature.method === 'none' ? t('unsigned') : t(hasSecret ? 'signed' : 'noSecret', { header: signature.header })}</Text>
    </Alert>
  );
}

function SecretForm({ busy, onSave, onClose }: { busy: boolean; onSave: (secret: string) => void; onClose: () => void }) {
  const t = useTranslations('webhooks.connectors');
  const ui = useTranslations('ui');
  const [secret, setSecret] = useState('');
  return (
    <Modal opened onClose={onClose} title={<Text fw={600}>{t('changeSecret')}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
      <PasswordInput label={t('secret')} description={t('changeSecretHelp')} autoComplete="new-password" maxLength={500} value={secret} onChange={(event) => setSecret(event.currentTarget.value)} data-autofocus />
      <Group justify="flex-end" mt="md"><Button variant="default" onClick={onClose}>{ui('cancel')}</Button><Button loading={busy} disabled={secret.length < 8} onClick={() => onSave(secret)}>{t('saveSecret')}</Button></Group>
    </Modal>
  );
}

export function ConnectorPage({ connectorId }: { connectorId: string }) {
  const t = useTranslations('webhooks.connectors');
  const router = useRouter();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('webhooks:write');
  const [dialog, setDialog] = useState<'secret' | 'renew' | 'delete' | null>(null);
  const query = useQuery({ queryKey: ['connectors', connectorId], queryFn: ({ signal }) => api.get<Connector>(`/connectors/${connectorId}`, {}, signal) });
  const readies = useQuery({ queryKey: ['connectors', 'ready'], queryFn: ({ signal }) => api.get<{ items: ReadyLine[] }>('/connectors/ready', {}, signal), staleTime: Infinity });
  const act = useMutation({
    mutationFn: (what: Act) => (typeof what === 'object' ? api.put(`/connectors/${connectorId}`, { name: query.data?.name, secret: what.secret }) : what === 'delete' ? api.delete(`/connectors/${connectorId}`) : api.post(`/connectors/${connectorId}/${what}`)),
    onSuccess: async (_, what) => {
      setDialog(null);
      notifications.show({ color: 'live', message: t(`did.${typeof what === 'object' ? 'secret' : what}`) });
      if (what === 'delete') router.push('/settings/connectors');
      else await queries.invalidateQueries({ queryKey: ['connectors'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const back = { href: '/settings/connectors', label: t('title') };
  const { data: connector } = query;
  const ready = readies.data?.items.find(({ kind }) => kind === connector?.kind);
  const error = query.error ?? readies.error;
  if (!connector || !ready) return <><PageHeader title={t('one')} back={back} />{error ? <ErrorState error={error} onRetry={() => void query.refetch()} /> : <LoadingState />}</>;
  const isOpen = connector.closedAt === null;
  const waiting = connector.quarantined + connector.refused;
  return (
    <>
      <PageHeader title={connector.name} lede={t(`kinds.${connector.kind}`)} back={back} badge={<StatusBadge tone={isOpen ? 'live' : 'quiet'}>{t(isOpen ? 'opened' : 'closed')}</StatusBadge>}>
        {mayWrite && (
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon variant="default" size={36} aria-label={t('more')}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              {connector.signature.method !== 'none' && <Menu.Item onClick={() => setDialog('secret')}>{t('changeSecret')}</Menu.Item>}
              <Menu.Item onClick={() => act.mutate(isOpen ? 'close' : 'open')}>{t(isOpen ? 'close' : 'open')}</Menu.Item>
              <Menu.Item onClick={() => setDialog('renew')}>{t('renew')}</Menu.Item>
              <Menu.Item color="danger" onClick={() => setDialog('delete')}>{t('delete')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </PageHeader>
      {waiting > 0 && <Alert color="warning" mb="md" title={t('waits', { count: waiting })}>{t('waitsHelp')} <Anchor href="#posts" size="sm" underline="always">{t('seePosts')}</Anchor></Alert>}
      <Address connector={connector} />
      <MappingEditor key={connector.id} connector={connector} ready={ready} mayWrite={mayWrite} />
      <PostLog connector={connector} mayWrite={mayWrite} />
      {dialog === 'secret' && <SecretForm busy={act.isPending} onSave={(secret) => act.mutate({ secret })} onClose={() => setDialog(null)} />}
      <ConfirmWithNumbers busy={act.isPending} onClose={() => setDialog(null)} onConfirm={() => act.mutate(dialog === 'renew' ? 'renew' : 'delete')}
        confirmation={dialog === 'renew' ? { title: t('renewTitle'), consequences: [t('renewNow')], action: t('renewAction'), danger: true } : dialog === 'delete' ? { title: t('deleteTitle', { name: connector.name }), consequences: [t('deleteNow'), t('deleteWaiting', { count: waiting })], action: t('deleteAction'), danger: true } : null} />
    </>
  );
}
