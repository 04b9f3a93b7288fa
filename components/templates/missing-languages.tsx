'use client';
/** Says which languages customers read that the template has no words in, what they would get instead, and begins one of them. */
import { Alert, Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { findMissingLanguages, type Readers } from '#domain/messages/missing-languages.ts';
import type { TemplateContent } from '#domain/messages/template.ts';
import { api } from '#components/api-client.ts';
import { useCan, useSession } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';

const OFFERED = 3;

export function MissingLanguages({ content, readOnly, onAdd }: { content: TemplateContent; readOnly: boolean; onAdd: (language: string) => void }) {
  const t = useTranslations('templates.missing');
  const formats = useFormats();
  const { workspace } = useSession();
  const reach = useQuery({ queryKey: ['designer', 'reach'], enabled: useCan('journeys:read'), staleTime: 60_000, queryFn: ({ signal }) => api.get<{ languages: Readers }>('/journeys/reach', {}, signal) });
  const missing = findMissingLanguages(Object.keys(content.variants), reach.data?.languages ?? [], workspace.language);
  if (!missing) return null;
  return (
    <Alert color="warning" variant="light" p="xs" role="status">
      <Group gap="xs" justify="space-between">
        <span>{t('readers', { count: missing.customers, shown: formats.number(missing.customers), languages: missing.languages.slice(0, OFFERED).map(formats.language).join(', '), instead: formats.language(missing.instead) })}</span>
        {!readOnly && <Group gap={4}>{missing.languages.slice(0, OFFERED).map((language) => <Button key={language} variant="default" size="compact-xs" onClick={() => onAdd(language)}>{t('add', { language: formats.language(language) })}</Button>)}</Group>}
      </Group>
    </Alert>
  );
}
