'use client';
/** Sends what is in the editor to one address, or a notification to the browsers of one customer, as the reader of the preview would get it. */
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TemplateContent } from '#domain/messages/template.ts';
import { api, ApiProblem } from '#components/api-client.ts';
import { CustomerPicker } from '#components/content/customer-picker.tsx';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';

type Props = { templateKey: string; content: TemplateContent; customerId: string | null; language: string | null; onClose: () => void };

export function TestDialog({ templateKey, content, customerId, language, onClose }: Props) {
  const t = useTranslations('templates.test');
  const sentence = useProblemSentence();
  const { user } = useSession();
  const { channel } = content;
  const [to, setTo] = useState(channel === 'email' ? user.email : '');
  const [toCustomerId, setToCustomerId] = useState(customerId);
  const target = channel === 'push' ? { toCustomerId } : { to };
  const send = useMutation({
    mutationFn: () => api.post<{ browsers: number | null }>(`/templates/${templateKey || 'new'}/test`, { content, ...target, ...(customerId && { customerId }), ...(language && { language }) }),
    onSuccess: ({ browsers }) => {
      notifications.show({ color: 'live', message: browsers === null ? t('sent', { to }) : t('sentBrowsers', { count: browsers }) });
      onClose();
    },
  });
  const problem = send.error;
  const detail = problem instanceof ApiProblem && problem.code === 'request.invalid' ? (problem.errors[0]?.message ?? problem.detail) : null;
  const error = problem ? (detail ?? sentence(problem)) : null;
  return (
    <Modal opened onClose={onClose} title={t('title')}>
      <form onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); send.mutate(); }}>
        {channel === 'push'
          ? <CustomerPicker label={t('browsersOf')} description={t('helpPush')} placeholder={t('someone')} nothing={t('nobody')} value={toCustomerId} error={error} onChange={(id) => { setToCustomerId(id); send.reset(); }} />
          : <TextInput data-autofocus type={channel === 'email' ? 'email' : 'tel'} label={t(channel === 'email' ? 'to' : 'phone')} description={t(channel === 'email' ? 'help' : 'helpSms')} value={to} error={error} onChange={({ currentTarget }) => setTo(currentTarget.value)} />}
        <Group justify="flex-end" mt="md"><Button type="submit" loading={send.isPending} disabled={channel === 'push' ? toCustomerId === null : to.trim() === ''}>{t('send')}</Button></Group>
      </form>
    </Modal>
  );
}
