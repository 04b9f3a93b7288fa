'use client';
/** What a customer of one's choice would read, by the renderer that sends: on a phone or a desktop, in their language or another. */
import { Button, NativeSelect, SegmentedControl, Switch } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChecklist, IconSend } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { TemplateContent } from '#domain/messages/template.ts';
import { api, ApiProblem } from '#components/api-client.ts';
import classes from '#components/content/content.module.css';
import { CustomerPicker } from '#components/content/customer-picker.tsx';
import { MailFrame } from '#components/content/mail-frame.tsx';
import { NotificationCard } from '#components/content/notification-card.tsx';
import { SmsBubble } from '#components/content/sms-bubble.tsx';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan, useSession } from '#components/session.tsx';
import { SegmentCount } from '#components/templates/segment-count.tsx';
import type { Finding, Preview } from '#components/templates/template-types.ts';
import { useFormats } from '#components/use-formats.ts';

const TestDialog = dynamic(() => import('#components/templates/test-dialog.tsx').then((loaded) => loaded.TestDialog), { ssr: false });
const ProofDialog = dynamic(() => import('#components/proofs/proof-dialog.tsx').then((loaded) => loaded.ProofDialog), { ssr: false });
/** Channels of which a proof can be sent: the others are read in the preview. */
const PROOFED: readonly string[] = ['email', 'sms', 'whatsapp'];
const WIDTHS = { phone: 375, desktop: 720 } as const;
const VIEWS = ['desktop', 'phone', 'text'] as const;

/** As a reader whose mail is dark, or light, sees it, whatever the look of this page. */
const inLook = (html: string, dark: boolean): string => html.replaceAll('@media (prefers-color-scheme: dark)', dark ? '@media all' : '@media not all');

/** What is wrong with what this reader would get, or that nothing is. */
function Findings({ findings, none }: { findings: readonly Finding[]; none: string }) {
  const t = useTranslations('templates.findings');
  if (findings.length === 0) return <p className="quiet" role="status" style={{ margin: 0 }}>{none}</p>;
  return (
    <div role="status">
      <ul aria-label={t('title')} style={{ margin: 0, paddingLeft: 18, fontSize: 13 }}>
        {findings.map(({ what, figures }) => <li key={what + JSON.stringify(figures)} style={{ overflowWrap: 'anywhere' }}>{t(what, figures)}</li>)}
      </ul>
    </div>
  );
}

export function TemplatePreview({ templateKey, content, edited }: { templateKey: string; content: TemplateContent; /** The language that is being written, which an invented reader reads. */ edited: string }) {
  const t = useTranslations('templates.preview');
  const say = useTranslations('templates.test');
  const sentence = useProblemSentence();
  const seesCustomers = useCan('customers:read');
  const { workspace } = useSession();
  const [settled] = useDebouncedValue(content, 500);
  const [customerId, setCustomerId] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const formats = useFormats();
  const language = chosen ?? (customerId ? null : edited);
  const [view, setView] = useState<(typeof VIEWS)[number]>('desktop');
  const [dark, setDark] = useState(false);
  const [tests, setTests] = useState(false);
  const [proofs, setProofs] = useState(false);
  const proof = useTranslations('proofs');
  const mayTest = useCan('content:write');
  const preview = useQuery({
    queryKey: ['templates', 'preview', templateKey, settled, customerId, language], placeholderData: keepPreviousData, retry: false, staleTime: 60_000,
    queryFn: () => api.post<Preview>(`/templates/${templateKey || 'new'}/preview`, { content: settled, ...(customerId && { customerId }), ...(language && { language }) }),
  });
  const problem = preview.error;
  const detail = problem instanceof ApiProblem ? (problem.errors[0]?.message ?? problem.detail) : null;
  const parts = preview.data?.parts;
  return (
    <section className={classes.aside} aria-label={t('title')}>
      {tests && <TestDialog templateKey={templateKey} content={content} customerId={customerId} language={language} onClose={() => setTests(false)} />}
      {proofs && <ProofDialog templateKey={templateKey} content={content} customerId={customerId} onClose={() => setProofs(false)} />}
      <div className={classes.row}>
        {seesCustomers && <div style={{ flex: '1 1 180px' }}><CustomerPicker label={t('as')} placeholder={t('invented')} nothing={t('nobody')} value={customerId} onChange={setCustomerId} /></div>}
        <NativeSelect label={t('language')} value={chosen ?? ''} onChange={({ currentTarget }) => setChosen(currentTarget.value || null)} data={[{ value: '', label: customerId ? t('theirs') : t('written', { language: formats.language(edited) }) }, ...Object.keys(content.variants).map((value) => ({ value, label: formats.language(value) }))]} w={180} />
        {content.channel === 'email' && <SegmentedControl aria-label={t('width')} value={view} onChange={(value) => setView(VIEWS.find((one) => one === value) ?? 'desktop')} data={VIEWS.map((one) => ({ value: one, label: t(one) }))} />}
        {(content.channel === 'email' || content.channel === 'push') && <Switch label={t('dark')} checked={dark} disabled={content.channel === 'email' && view === 'text'} onChange={({ currentTarget }) => setDark(currentTarget.checked)} mb={8} />}
      </div>
      {mayTest && preview.data && !problem && (
        <div className={classes.row}>
          <Button variant="default" size="xs" leftSection={<IconSend size={14} aria-hidden />} onClick={() => setTests(true)}>{say('open')}</Button>
          {templateKey !== '' && PROOFED.includes(content.channel) && <Button variant="default" size="xs" leftSection={<IconChecklist size={14} aria-hidden />} onClick={() => setProofs(true)}>{proof('open')}</Button>}
        </div>
      )}
      {problem && <p role="alert" style={{ color: 'var(--danger)', margin: 0, overflowWrap: 'anywhere' }}>{t('wrong')} {detail ?? sentence(problem)}</p>}
      {parts && content.channel === 'email' && (
        <>
          <div><strong>{parts['subject']}</strong></div>
          {view === 'text'
            ? <pre className={classes.viewport} style={{ whiteSpace: 'pre-wrap', margin: 0, fontSize: 13 }} tabIndex={0}>{parts['text']}</pre>
            : <div className={classes.viewport}><MailFrame html={inLook(parts['html'] ?? '', dark)} title={t('title')} widthPx={WIDTHS[view]} /></div>}
          <Findings findings={preview.data?.findings ?? []} none={t('sound.email')} />
        </>
      )}
      {parts && content.channel === 'push' && (
        <>
          <NotificationCard from={workspace.brand} notification={{ title: parts['title'] ?? '', body: parts['text'] ?? '', url: parts['url'] || null, icon: parts['icon'] || null }} look={dark ? 'dark' : 'light'} />
          <Findings findings={preview.data?.findings ?? []} none={t('sound.push')} />
        </>
      )}
      {parts && content.channel !== 'email' && content.channel !== 'push' && <SmsBubble from={workspace.brand} text={parts['text'] ?? ''} />}
      {parts && content.channel === 'sms' && <SegmentCount text={parts['text'] ?? ''} />}
      {preview.data && customerId && <span className="quiet">{t(`chosenBy.${preview.data.chosenBy}`, { language: formats.language(preview.data.language) })}</span>}
    </section>
  );
}
