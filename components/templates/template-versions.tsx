'use client';
/** The versions of a template, newest first; an earlier one can be taken into the editor, and saved as a new one. */
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { TemplateContent } from '#domain/messages/template.ts';
import { api } from '#components/api-client.ts';
import classes from '#components/content/content.module.css';
import type { TemplateVersion } from '#components/templates/template-types.ts';
import { useFormats } from '#components/use-formats.ts';

export function TemplateVersions({ templateKey, mayWrite, onTake }: { templateKey: string; mayWrite: boolean; onTake: (content: TemplateContent) => void }) {
  const t = useTranslations('templates');
  const formats = useFormats();
  const versions = useQuery({ queryKey: ['templates', templateKey, 'versions'], queryFn: ({ signal }) => api.get<{ items: TemplateVersion[] }>(`/templates/${templateKey}/versions`, {}, signal) });
  const take = useMutation({ mutationFn: (number: number) => api.get<{ content: TemplateContent }>(`/templates/${templateKey}/versions/${number}`), onSuccess: ({ content }) => onTake(content) });
  const items = versions.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className={classes.card} aria-label={t('versions')}>
      <h2>{t('versions')}</h2>
      <ul className={classes.list}>
        {items.map(({ number, createdAt, languages }, index) => (
          <li key={number}>
            <span>{t('versionLine', { number, languages: languages.join(', ') })} <span className="quiet">{formats.dateTime(createdAt)}</span></span>
            {mayWrite && index > 0 && <Button variant="default" size="compact-xs" loading={take.isPending && take.variables === number} onClick={() => take.mutate(number)}>{t('take')}</Button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
