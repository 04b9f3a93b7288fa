'use client';
/** The invitations that nobody has accepted yet: send one again, take one back. */
import { ActionIcon, Menu, Text, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { InvitationLink } from '#components/settings/invite-form.tsx';
import type { Invitation, SentInvitation } from '#components/settings/settings-types.ts';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import classes from '#components/ui/ui.module.css';
import { useFormats } from '#components/use-formats.ts';

const badMail = ({ mail, expired }: Invitation): 'expired' | 'notTaken' | 'refused' | 'byHand' | 'waiting' =>
  expired ? 'expired' : mail === 'refused' || mail === 'notTaken' ? mail : mail === 'noSender' ? 'byHand' : 'waiting';

export function Invitations({ items, nameOfStore }: { items: Invitation[]; nameOfStore: (id: string) => string }) {
  const t = useTranslations('settings.members.invite');
  const members = useTranslations('settings.members');
  const roles = useTranslations('frame.roles');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('settings:write');
  const [shown, setShown] = useState<{ email: string; sent: SentInvitation } | null>(null);
  const fresh = () => queries.invalidateQueries({ queryKey: ['invitations'] });
  const onError = (error: unknown): void => {
    notifications.show({ color: 'danger', message: sentence(error) });
    void fresh();
  };
  const again = useMutation({
    mutationFn: ({ id }: Invitation) => api.post<SentInvitation>(`/invitations/${id}/resend`),
    onSuccess: async (sent, { email }) => {
      await fresh();
      if (sent.link === null) notifications.show({ color: 'live', message: t('sent', { email }) });
      else setShown({ email, sent });
    },
    onError,
  });
  const revoke = useMutation({
    mutationFn: ({ id }: Invitation) => api.delete(`/invitations/${id}`),
    onSuccess: async (_, { email }) => {
      await fresh();
      notifications.show({ color: 'live', message: t('revoked', { email }) });
    },
    onError,
  });
  if (items.length === 0) return null;
  return (
    <section style={{ marginTop: 24 }}>
      <h2>{t('pending', { count: items.length })}</h2>
      <div className={classes.tableBox} role="region" aria-label={t('pending', { count: items.length })} tabIndex={0}>
        <table className={classes.table}>
          <thead><tr><th scope="col">{members('email')}</th><th scope="col">{members('role')}</th><th scope="col">{t('state')}</th><th scope="col">{t('until')}</th><th scope="col"><VisuallyHidden>{t('actions')}</VisuallyHidden></th></tr></thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.id}>
                <td>{one.email}{one.invitedBy && <Text size="xs" c="dimmed">{t('by', { name: one.invitedBy })}</Text>}</td>
                <td>{roles(one.role)}{one.storeIds.length > 0 && <Text size="xs" c="dimmed">{one.storeIds.map(nameOfStore).join(', ')}</Text>}</td>
                <td><StatusBadge tone={badMail(one) === 'waiting' ? 'live' : badMail(one) === 'byHand' ? 'quiet' : 'warning'}>{t(`states.${badMail(one)}`)}</StatusBadge></td>
                <td>{formats.dateTime(one.expiresAt)}</td>
                <td style={{ width: 48 }}>
                  {mayWrite && (
                    <Menu>
                      <Menu.Target><ActionIcon size={24} aria-label={members('actions', { name: one.email })}><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item onClick={() => again.mutate(one)}>{t('again')}</Menu.Item>
                        <Menu.Item color="danger" onClick={() => revoke.mutate(one)}>{t('revoke')}</Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown && <InvitationLink email={shown.email} sent={shown.sent} onClose={() => setShown(null)} />}
    </section>
  );
}
