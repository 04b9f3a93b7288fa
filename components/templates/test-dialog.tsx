'use client';
/** Sends what is in the editor to one address, as the reader of the preview would get it. */
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TemplateContent } from '#domain/messages/template.ts';
import { api, ApiProblem } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';

type Props = { templateKey: string; content: TemplateContent; customerId: string | null; language: string | null; onClose: () => void };

export function TestDialog({ templateKey, content, customerId, language, onClose }: Props) {
  const t = useTranslations('templates.test');
  const sentence = useProblemSentence();
  const { user } = useSession();
  const isPhone = content.channel !== 'email';
  const [to, setTo] = useState(isPhone ? '' : user.email);
  const send = useMutation({
    mutationFn: () => api.post(`/templates/${templateKey || 'new'}/test`, { content, to, ...(customerId && { customerId }), ...(language && { language }) }),
    onSuccess: () => {
      notifications.show({ color: 'live', message: t('sent', { to }) });
      onClose();
    },
  });
  const problem = send.error;
  const detail = problem instanceof ApiProblem && problem.code === 'request.invalid' ? (problem.errors[0]?.message ?? problem.detail) : null;
  return (
    <Modal opened onClose={onClose} title={t('title')}>
      <form onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); send.mutate(); }}>
        <TextInput data-autofocus type={isPhone ? 'tel' : 'email'} label={t(isPhone ? 'phone' : 'to')} description={t(isPhone ? 'helpSms' : 'help')} value={to} error={problem ? (detail ?? sentence(problem)) : null} onChange={({ currentTarget }) => setTo(currentTarget.value)} />
        <Group justify="flex-end" mt="md"><Button type="submit" loading={send.isPending} disabled={to.trim() === ''}>{t('send')}</Button></Group>
      </form>
    </Modal>
  );
}
