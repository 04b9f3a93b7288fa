'use client';
/** What becomes of events of a type that nobody knows: the workspace's choice. */
import { Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';

type Registry = { unknownTypes: 'accepted' | 'quarantined' };

export function UnknownTypes() {
  const t = useTranslations('events.registry');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayAgree = useCan('events:agree');
  const registry = useQuery({ queryKey: ['event-registry'], queryFn: ({ signal }) => api.get<Registry>('/event-registry', {}, signal) });
  const choose = useMutation({
    mutationFn: (unknownTypes: Registry['unknownTypes']) => api.put<Registry>('/event-registry', { unknownTypes }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['event-registry'] }),
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  if (!registry.data) return null;
  return (
    <Switch mb="sm" label={t('closed')} description={t('closedHelp')} checked={registry.data.unknownTypes === 'quarantined'} disabled={!mayAgree || choose.isPending}
      onChange={(event) => choose.mutate(event.currentTarget.checked ? 'quarantined' : 'accepted')} />
  );
}
