'use client';
/** What has to be done for the customer: open tasks and calls, and a way to add one. */
import { Anchor, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import classes from '#components/customers/customers.module.css';
import { useCan } from '#components/session.tsx';
import { titleOf, whoseOf, type Task } from '#components/tasks/task-types.ts';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

const AddTask = dynamic(() => import('#components/tasks/add-task.tsx').then((module) => module.AddTask));
const CloseTask = dynamic(() => import('#components/tasks/close-task.tsx').then((module) => module.CloseTask));

export function CustomerTasks({ customerId }: { customerId: string }) {
  const t = useTranslations('tasks');
  const formats = useFormats();
  const mayWrite = useCan('tasks:write');
  const [adding, setAdding] = useState(false);
  const [closing, setClosing] = useState<Task | null>(null);
  const open = useQuery({ queryKey: ['tasks', 'of', customerId], queryFn: ({ signal }) => api.get<Page<Task>>('/tasks', { customerId, limit: 20 }, signal) });
  const tasks = open.data?.items ?? [];
  if (!mayWrite && tasks.length === 0) return null;
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <div className={classes.lines}>
        {tasks.map((task) => (
          <div key={task.id}>
            <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
              {mayWrite ? <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setClosing(task)}>{titleOf(task, t)}</Anchor> : <span>{titleOf(task, t)}</span>}
              <StatusBadge tone={task.isOverdue ? 'danger' : 'ink'}>{t(task.isOverdue ? 'overdue' : `kinds.${task.kind}`)}</StatusBadge>
            </div>
            <div className={classes.small}>{[whoseOf(task, t), task.dueAt && t('dueBy', { at: formats.dateTime(task.dueAt) })].filter(Boolean).join(' · ')}</div>
          </div>
        ))}
        {open.data && tasks.length === 0 && <div className={classes.small}>{t('noneFor')}</div>}
        {mayWrite && <div><Button variant="subtle" size="compact-sm" onClick={() => setAdding(true)}>{t('add')}</Button></div>}
      </div>
      {adding && <AddTask customerId={customerId} onClose={() => setAdding(false)} />}
      {closing && <CloseTask task={closing} onClose={() => setClosing(null)} />}
    </section>
  );
}
