'use client';
/** What sends this template: the journeys, and where in them. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { api } from '#components/api-client.ts';
import classes from '#components/content/content.module.css';

/** By its kind; campaigns come to it as one of their own. */
type Use = { kind: 'journey'; journeyId: string; name: string; live: boolean; draft: boolean; versions: number };

export function TemplateUses({ templateKey }: { templateKey: string }) {
  const t = useTranslations('templates.uses');
  const uses = useQuery({ queryKey: ['templates', templateKey, 'uses'], queryFn: ({ signal }) => api.get<{ items: Use[] }>(`/templates/${templateKey}/uses`, {}, signal) });
  if (!uses.data) return null;
  return (
    <section className={classes.card} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      {uses.data.items.length === 0 ? <p className="quiet" style={{ margin: 0 }}>{t('none')}</p> : (
        <ul className={classes.list}>
          {uses.data.items.map(({ journeyId, name, live, draft, versions }) => (
            <li key={journeyId}>
              <Anchor component={Link} href={`/journeys/${journeyId}`}>{name}</Anchor>
              <span className="quiet">{[live && t('live'), draft && t('draft'), versions > 0 && t('versions', { count: versions })].filter(Boolean).join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
