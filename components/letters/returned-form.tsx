'use client';
/** A letter came back: its reply code suspends the address. */
import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconMailX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, ApiProblem } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';

export function ReturnedForm() {
  const t = useTranslations('letters.back');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [code, setCode] = useState('');
  const say = useMutation({
    mutationFn: () => api.post<{ customerId: string }>('/letters/returned', { replyCode: code.trim() }),
    onSuccess: async () => {
      notifications.show({ color: 'live', message: t('said', { code: code.trim().toUpperCase() }) });
      setCode('');
      await queries.invalidateQueries({ queryKey: ['letters'] });
    },
  });
  const problem = say.error;
  const wrong = problem instanceof ApiProblem && problem.code === 'request.invalid' ? t('wrongCode') : problem ? sentence(problem) : null;
  return (
    <form aria-label={t('title')} onSubmit={(event) => { event.preventDefault(); say.mutate(); }} style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'flex-end', marginBottom: 16 }}>
      <TextInput label={t('code')} description={t('help')} maxLength={12} value={code} error={wrong} onChange={(event) => setCode(event.currentTarget.value)} style={{ flex: '0 1 360px' }} />
      <Button type="submit" variant="default" leftSection={<IconMailX size={16} aria-hidden />} loading={say.isPending} disabled={code.trim() === ''} mb={wrong ? 22 : 0}>{t('say')}</Button>
    </form>
  );
}
