'use client';
/** Who works in the workspace, as what, and what each role may do. */
import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconMail, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import { Invitations } from '#components/settings/invitations.tsx';
import { InviteForm } from '#components/settings/invite-form.tsx';
import { MemberForm } from '#components/settings/member-form.tsx';
import { TwoFactorRule } from '#components/settings/two-factor-rule.tsx';
import { RoleTable } from '#components/settings/role-table.tsx';
import type { Invitations as InvitationsAnswer, Member, Members as MembersAnswer, Store } from '#components/settings/settings-types.ts';
import { ConfirmWithNumbers } from '#components/ui/confirm-with-numbers.tsx';
import { DataTable, type Column } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

const MOST_STORES = 200;

export function Members() {
  const t = useTranslations('settings.members');
  const roles = useTranslations('frame.roles');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const { scopes, user } = useSession();
  const mayWrite = scopes.includes('settings:write');
  const [editing, setEditing] = useState<Member | 'new' | null>(null);
  const [removing, setRemoving] = useState<Member | null>(null);
  const stores = useQuery({ queryKey: ['stores', 'all'], queryFn: ({ signal }) => api.get<Page<Store>>('/stores', { limit: MOST_STORES }, signal) });
  const invitations = useQuery({ queryKey: ['invitations'], queryFn: ({ signal }) => api.get<InvitationsAnswer>('/invitations', {}, signal) });
  const [inviting, setInviting] = useState(false);
  const remove = useMutation({
    mutationFn: (member: Member) => api.delete(`/members/${member.userId}`),
    onSuccess: async (_, member) => {
      notifications.show({ color: 'live', message: t('removed', { name: member.name }) });
      setRemoving(null);
      await queries.invalidateQueries({ queryKey: ['members'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const nameOfStore = (id: string): string => stores.data?.items.find((store) => store.id === id)?.name ?? '…';
  const storesOf = (member: Member): string => member.storeIds.map(nameOfStore).join(', ');
  const columns: Column<Member>[] = [
    { key: 'name', header: t('name'), render: (row) => <>{row.name}{row.userId === user.id && <Text component="span" size="sm" c="dimmed"> · {t('you')}</Text>}</> },
    { key: 'email', header: t('email'), render: (row) => row.email },
    { key: 'role', header: t('role'), render: (row) => <>{roles(row.role)}{row.storeIds.length > 0 && <Text size="xs" c="dimmed">{storesOf(row)}</Text>}</> },
    { key: 'twoFactor', header: t('twoFactor'), render: (row) => <StatusBadge tone={row.twoFactor ? 'live' : 'quiet'}>{t(row.twoFactor ? 'twoFactorOn' : 'twoFactorOff')}</StatusBadge>, width: 140 },
    { key: 'since', header: t('since'), render: (row) => formats.date(row.createdAt), width: 140 },
    {
      key: 'menu', header: '', width: 48,
      render: (row) => (mayWrite ? (
        <Menu>
          <Menu.Target><ActionIcon size={24} aria-label={t('actions', { name: row.name })}><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setEditing(row)}>{t('changeRole')}</Menu.Item>
            <Menu.Item color="danger" onClick={() => setRemoving(row)}>{t('remove')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null),
    },
  ];
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}>{mayWrite && <><Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>{t('add')}</Button><Button leftSection={<IconMail size={16} aria-hidden />} onClick={() => setInviting(true)}>{t('invite.open')}</Button></>}</PageHeader>
      <DataTable label={t('title')} columns={columns} queryKey={['members']} fetchPage={(_, signal) => api.get<MembersAnswer>('/members', {}, signal)} rowKey={(row) => row.userId} empty={<EmptyState title={t('none')} />} />
      <Invitations items={invitations.data?.items ?? []} nameOfStore={nameOfStore} />
      <TwoFactorRule />
      <RoleTable />
      {inviting && <InviteForm stores={stores.data?.items ?? []} canMail={invitations.data?.canMail ?? true} onClose={() => setInviting(false)} />}
      {editing !== null && <MemberForm member={editing === 'new' ? null : editing} stores={stores.data?.items ?? []} onClose={() => setEditing(null)} />}
      <ConfirmWithNumbers
        confirmation={removing && { title: t('removeTitle', { name: removing.name }), consequences: [t('removeNow'), t('removeKept')], action: t('removeAction'), danger: true }}
        busy={remove.isPending} onClose={() => setRemoving(null)} onConfirm={() => removing && remove.mutate(removing)}
      />
    </>
  );
}
