'use client';
/** One till: whether it is there, what it has still to send, and what can be done with it. */
import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconDots } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { RenameTill } from '#components/tills/rename-till.tsx';
import type { ShownCode } from '#components/tills/tills-page.tsx';
import { stateOfTill, type Till, type TillCode } from '#components/tills/tills-types.ts';
import classes from '#components/tills/tills.module.css';
import { ConfirmWithNumbers } from '#components/ui/confirm-with-numbers.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

const TONES = { connected: 'live', away: 'warning', notPaired: 'quiet' } as const;

export function TillLine({ till, onCode }: { till: Till; onCode: (code: ShownCode) => void }) {
  const t = useTranslations('tills');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('tills:write');
  const [asks, setAsks] = useState<'rename' | 'revoke' | null>(null);
  const state = stateOfTill(till, Date.now());
  const onError = (error: unknown): void => void notifications.show({ color: 'danger', message: sentence(error) });
  const code = useMutation({ mutationFn: () => api.post<TillCode>(`/tills/${till.id}/code`), onError, onSuccess: (made) => onCode({ ...made, tillId: till.id, name: till.name, pairedBefore: till.pairedAt }) });
  const revoke = useMutation({
    mutationFn: () => api.post(`/tills/${till.id}/revoke`), onError,
    onSuccess: async () => {
      setAsks(null);
      notifications.show({ color: 'live', message: t('revoked', { name: till.name }) });
      await queries.invalidateQueries({ queryKey: ['tills'] });
    },
  });
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <b>{till.name}</b>
        <span className={classes.facts}>
          <StatusBadge tone={TONES[state]}>{t(`states.${state}`)}</StatusBadge>
          {till.lastSeenAt && state === 'away' && <span className="quiet">{t('seen', { at: formats.dateTime(till.lastSeenAt) })}</span>}
          {till.waiting > 0 && <span className="quiet">{t('waiting', { count: till.waiting })}</span>}
          {till.refused > 0 && <span style={{ color: 'var(--danger)' }}>{t('refused', { count: till.refused })}</span>}
        </span>
      </div>
      {mayWrite && (
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('actionsNamed', { name: till.name })}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => code.mutate()}>{t(till.pairedAt ? 'replace' : 'newCode')}</Menu.Item>
            <Menu.Item onClick={() => setAsks('rename')}>{t('rename')}</Menu.Item>
            <Menu.Item color="danger" onClick={() => setAsks('revoke')}>{t('revoke')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {asks === 'rename' && <RenameTill till={till} onClose={() => setAsks(null)} />}
      <ConfirmWithNumbers busy={revoke.isPending} onClose={() => setAsks(null)} onConfirm={() => revoke.mutate()}
        confirmation={asks === 'revoke' ? { title: t('revokeTitle', { name: till.name }), consequences: [t('revokeNow'), ...(till.waiting > 0 ? [t('revokeWaiting', { count: till.waiting })] : [])], action: t('revoke'), danger: true } : null} />
    </li>
  );
}
