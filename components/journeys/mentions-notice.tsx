'use client';
/** Open comments that mention whoever reads, above the list of journeys. */
import { Alert, Anchor } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { api } from '#components/api-client.ts';

type Mention = { id: string; journeyId: string; journeyName: string; nodeId: string; author: string; text: string };
const SHOWN = 3;

export function MentionsNotice() {
  const t = useTranslations('journeys.comments');
  const { data } = useQuery({ queryKey: ['mentions'], queryFn: ({ signal }) => api.get<{ items: Mention[] }>('/comments/mentions', {}, signal), retry: false });
  if (!data || data.items.length === 0) return null;
  return (
    <Alert variant="light" icon={<IconMessage size={18} stroke={1.6} aria-hidden />} title={t('mentioned', { count: data.items.length })} mb="md">
      {data.items.slice(0, SHOWN).map(({ id, journeyId, journeyName, author, text }) => (
        <div key={id}><Anchor component={Link} href={`/journeys/${journeyId}`} size="sm">{journeyName}</Anchor> · {author}: {text.slice(0, 120)}</div>
      ))}
    </Alert>
  );
}
