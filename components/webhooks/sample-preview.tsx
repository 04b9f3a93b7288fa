'use client';
/** What the mapping would make of the sample: each event as it would land, what is wrong and what is left out. */
import { Alert } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { ProblemLine } from '#components/events/quarantined-events.tsx';
import events from '#components/events/events.module.css';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { PREVIEW_TONES, type Preview } from '#components/webhooks/connector-types.ts';

export function SamplePreview({ preview }: { preview: Preview }) {
  const t = useTranslations('webhooks.mapping');
  return (
    <div role="region" aria-label={t('landed')} style={{ display: 'grid', gap: 12 }}>
      {preview.problems.length > 0 && <Alert color="warning" title={t('problems')}>{preview.problems.map((problem, index) => <ProblemLine key={index} problem={problem} />)}</Alert>}
      {preview.warnings.length > 0 && <Alert color="gray" title={t('warnings')}>{preview.warnings.map((problem, index) => <ProblemLine key={index} problem={problem} />)}</Alert>}
      {preview.events.length === 0 && preview.problems.length === 0 && <Alert color="gray">{t('nothing')}</Alert>}
      {preview.events.map(({ event, status, problems }, index) => (
        <div key={index}>
          <StatusBadge tone={PREVIEW_TONES[status]}>{t(`outcomes.${status}`)}</StatusBadge>
          {problems.map((problem, place) => <ProblemLine key={place} problem={problem} />)}
          <pre className={events.code} tabIndex={0}>{JSON.stringify(event, null, 2)}</pre>
        </div>
      ))}
    </div>
  );
}
