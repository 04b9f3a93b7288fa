'use client';
/** What a customer of one's choice would read, by the renderer that sends: on a phone or a desktop, in their language or another. */
import { SegmentedControl, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TemplateContent } from '#domain/messages/template.ts';
import { api, ApiProblem } from '#components/api-client.ts';
import classes from '#components/content/content.module.css';
import { CustomerPicker } from '#components/content/customer-picker.tsx';
import { MailFrame } from '#components/content/mail-frame.tsx';
import { SmsBubble } from '#components/content/sms-bubble.tsx';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan, useSession } from '#components/session.tsx';
import { SegmentCount } from '#components/templates/segment-count.tsx';
import type { Preview } from '#components/templates/template-types.ts';

const WIDTHS = { phone: 375, desktop: 720 } as const;

export function TemplatePreview({ templateKey, content, edited }: { templateKey: string; content: TemplateContent; /** The language that is being written, which an invented reader reads. */ edited: string }) {
  const t = useTranslations('templates.preview');
  const sentence = useProblemSentence();
  const seesCustomers = useCan('customers:read');
  const { workspace } = useSession();
  const [settled] = useDebouncedValue(content, 500);
  const [customerId, setCustomerId] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const language = chosen ?? (customerId ? null : edited);
  const [width, setWidth] = useState<keyof typeof WIDTHS>('desktop');
  const preview = useQuery({
    queryKey: ['templates', 'preview', templateKey, settled, customerId, language], placeholderData: keepPreviousData, retry: false, staleTime: 60_000,
    queryFn: () => api.post<Preview>(`/templates/${templateKey || 'new'}/preview`, { content: settled, ...(customerId && { customerId }), ...(language && { language }) }),
  });
  const problem = preview.error;
  const detail = problem instanceof ApiProblem ? (problem.errors[0]?.message ?? problem.detail) : null;
  const parts = preview.data?.parts;
  return (
    <section className={classes.aside} aria-label={t('title')}>
      <div className={classes.row}>
        {seesCustomers && <div style={{ flex: '1 1 180px' }}><CustomerPicker label={t('as')} placeholder={t('invented')} nothing={t('nobody')} value={customerId} onChange={setCustomerId} /></div>}
        <Select label={t('language')} placeholder={customerId ? t('theirs') : edited} clearable clearButtonProps={{ 'aria-label': t('theirs') }} value={chosen} onChange={setChosen} data={Object.keys(content.variants)} w={140} />
        {content.channel === 'email' && <SegmentedControl aria-label={t('width')} value={width} onChange={(value) => setWidth(value === 'phone' ? 'phone' : 'desktop')} data={[{ value: 'desktop', label: t('desktop') }, { value: 'phone', label: t('phone') }]} />}
      </div>
      {problem && <p role="alert" style={{ color: 'var(--danger)', margin: 0, overflowWrap: 'anywhere' }}>{t('wrong')} {detail ?? sentence(problem)}</p>}
      {parts && content.channel === 'email' && (
        <>
          <div><strong>{parts['subject']}</strong></div>
          <div className={classes.viewport}><MailFrame html={parts['html'] ?? ''} title={t('title')} widthPx={WIDTHS[width]} /></div>
        </>
      )}
      {parts && content.channel === 'sms' && <><SmsBubble from={workspace.brand} text={parts['text'] ?? ''} /><SegmentCount text={parts['text'] ?? ''} /></>}
      {preview.data && customerId && <span className="quiet">{t(`chosenBy.${preview.data.chosenBy}`, { language: preview.data.language })}</span>}
    </section>
  );
}
