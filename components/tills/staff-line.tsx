'use client';
/** Somebody who may stand at the tills of a store. */
import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconDots } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import type { Staff } from '#components/tills/tills-types.ts';
import classes from '#components/tills/tills.module.css';
import { ConfirmWithNumbers } from '#components/ui/confirm-with-numbers.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

export function StaffLine({ staff, onChange }: { staff: Staff; onChange: () => void }) {
  const t = useTranslations('tills');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('tills:write');
  const [asked, setAsked] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.delete(`/till-staff/${staff.id}`),
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
    onSuccess: async () => {
      setAsked(false);
      notifications.show({ color: 'live', message: t('staffRemoved', { name: staff.name }) });
      await queries.invalidateQueries({ queryKey: ['tills'] });
    },
  });
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <b>{staff.name}</b>
        <span className={classes.facts}>
          {staff.lockedUntil ? <StatusBadge tone="danger">{t('staffLocked', { at: formats.time(staff.lockedUntil) })}</StatusBadge> : <span className="quiet">{staff.lastUsedAt ? t('staffUsed', { at: formats.dateTime(staff.lastUsedAt) }) : t('staffNew')}</span>}
        </span>
      </div>
      {mayWrite && (
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('actionsNamed', { name: staff.name })}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onChange}>{t('staffChange')}</Menu.Item>
            <Menu.Item color="danger" onClick={() => setAsked(true)}>{t('staffRemove')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <ConfirmWithNumbers busy={remove.isPending} onClose={() => setAsked(false)} onConfirm={() => remove.mutate()}
        confirmation={asked ? { title: t('staffRemoveTitle', { name: staff.name }), consequences: [t('staffRemoveNow')], action: t('staffRemove'), danger: true } : null} />
    </li>
  );
}
