'use client';
/** Begins from a ready journey: each with what it does; the draft it makes opens with the five steps to its first run. */
import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';

type InBoth = { en: string; fr: string };
type Ready = { key: string; name: InBoth; about: InBoth; listens: string[]; steps: number };

export function ReadyPicker() {
  const t = useTranslations('journeys.ready');
  const language = useLocale().startsWith('fr') ? 'fr' : 'en';
  const router = useRouter();
  const sentence = useProblemSentence();
  const ready = useQuery({ queryKey: ['journeys', 'ready'], queryFn: ({ signal }) => api.get<{ items: Ready[] }>('/journeys/ready', {}, signal), staleTime: Infinity });
  const [chosen, setChosen] = useState<string | null>(null);
  const [website, setWebsite] = useState('https://');
  const key = chosen ?? ready.data?.items[0]?.key;
  const start = useMutation({
    mutationFn: () => api.post<{ id: string }>(`/journeys/ready/${key}`, { language, website: website.trim() }),
    onSuccess: ({ id }) => router.push(`/journeys/${id}?first=1`),
  });
  if (ready.isPending) return <LoadingState lines={4} />;
  if (!ready.data) return <ErrorState error={ready.error} onRetry={() => void ready.refetch()} />;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    start.mutate();
  };
  return (
    <form onSubmit={submit} style={{ maxWidth: 720 }}>
      <Radio.Group label={t('choose')} value={key ?? null} onChange={setChosen} mb="md">
        <Stack gap={8} mt={8}>
          {ready.data.items.map((each) => (
            <Radio.Card key={each.key} value={each.key} p="sm" radius="md">
              <Group wrap="nowrap" align="flex-start">
                <Radio.Indicator mt={3} />
                <div>
                  <Text fw={600} size="sm">{each.name[language]}</Text>
                  <Text size="sm" c="dimmed">{each.about[language]}</Text>
                  <Text size="xs" c="dimmed" mt={4}>{t('detail', { steps: each.steps, events: each.listens.join(', ') || t('aDate') })}</Text>
                </div>
              </Group>
            </Radio.Card>
          ))}
        </Stack>
      </Radio.Group>
      <TextInput type="url" label={t('website')} description={t('websiteHelp')} required pattern="https://.+\..+" maxLength={200} value={website} onChange={(event) => setWebsite(event.currentTarget.value)} mb="lg" maw={480} error={start.isError ? sentence(start.error) : null} />
      <Button type="submit" loading={start.isPending} disabled={key === undefined}>{t('action')}</Button>
    </form>
  );
}
