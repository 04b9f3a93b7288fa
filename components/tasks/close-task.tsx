'use client';
/** Says how a task or call ended; of a call that nobody answered, when to try again. */
import { Anchor, Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CALL_OUTCOMES } from '#domain/tasks/task.ts';
import { instantOfLocal } from '#domain/shared/time.ts';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import { titleOf, type Task } from './task-types.ts';

export function CloseTask({ task, onClose }: { task: Task; onClose: () => void }) {
  const t = useTranslations('tasks');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const { workspace } = useSession();
  const isCall = task.kind === 'call';
  const [how, setHow] = useState<string>(isCall ? '' : 'done');
  const [comment, setComment] = useState('');
  const [again, setAgain] = useState('');
  const againAt = again === '' ? null : instantOfLocal(again, workspace.timeZone);
  const isWrong = again !== '' && againAt === null;
  const close = useMutation({
    mutationFn: () => api.post<{ state: string }>(`/tasks/${task.id}/close`, {
      state: how === 'dismissed' ? 'dismissed' : 'done', ...(isCall && how !== 'dismissed' && { outcome: how }), ...(comment.trim() && { comment: comment.trim() }),
      ...(how === 'noAnswer' && againAt !== null && { callAgainAt: new Date(againAt).toISOString() }),
    }),
    onSuccess: async ({ state }) => {
      notifications.show({ color: 'live', message: t(state === 'open' ? 'kept' : 'closed', { title: titleOf(task, t) }) });
      await queries.invalidateQueries({ queryKey: ['tasks'] });
      onClose();
    },
  });
  const choices = isCall ? [...CALL_OUTCOMES.map((each) => ({ value: each, label: t(`outcomes.${each}`) })), { value: 'dismissed', label: t('dismissCall') }] : [{ value: 'done', label: t('markDone') }, { value: 'dismissed', label: t('dismissTask') }];
  return (
    <Modal opened onClose={onClose} title={titleOf(task, t)} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form style={{ display: 'grid', gap: 12 }} onSubmit={(event) => { event.preventDefault(); if (how !== '' && !isWrong) close.mutate(); }}>
        {task.note && <p style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{task.note}</p>}
        {task.phone && <Anchor href={`tel:${task.phone}`}>{t('ring', { phone: task.phone })}</Anchor>}
        <Radio.Group label={t('how')} value={how} onChange={setHow}>
          <Stack gap={6} mt={6}>{choices.map(({ value, label }) => <Radio key={value} value={value} label={label} />)}</Stack>
        </Radio.Group>
        {how === 'noAnswer' && <TextInput type="datetime-local" label={t('again', { zone: workspace.timeZone })} description={t('againHelp')} value={again} error={isWrong ? t('againWrong') : null} onChange={(event) => setAgain(event.currentTarget.value)} />}
        <Textarea label={t('comment')} value={comment} maxLength={2_000} autosize minRows={2} maxRows={6} onChange={(event) => setComment(event.currentTarget.value)} />
        {close.error && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(close.error)}</p>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={close.isPending} disabled={how === '' || isWrong}>{t(how === 'noAnswer' && again !== '' ? 'keepAction' : 'closeAction')}</Button></Group>
      </form>
    </Modal>
  );
}
