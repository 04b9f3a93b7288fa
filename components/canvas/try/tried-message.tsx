'use client';
/** A message as the person would get it, rendered by the renderer that sends; nothing leaves. */
import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { MailFrame } from '#components/content/mail-frame.tsx';
import { NotificationCard } from '#components/content/notification-card.tsx';
import { SmsBubble } from '#components/content/sms-bubble.tsx';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import classes from './try.module.css';

type Rendered = { language: string; parts: Record<string, string> };
export type Reader = { customerId: string } | { language: string };

export function TriedMessage({ templateKey, channel, event, reader }: { templateKey: string; channel: string; event: { type: string; properties: Record<string, unknown> } | null; reader: Reader }) {
  const t = useTranslations('try');
  const sentence = useProblemSentence();
  const { workspace } = useSession();
  const [open, setOpen] = useState(false);
  const body = { ...reader, ...(event && { event: { type: event.type, properties: event.properties } }) };
  const preview = useQuery({ queryKey: ['try', 'preview', templateKey, body], retry: false, staleTime: 60_000, queryFn: () => api.post<Rendered>(`/templates/${templateKey}/preview`, body) });
  if (preview.isPending) return <p className={classes.small} role="status">{t('rendering')}</p>;
  if (preview.isError) return <p className={classes.problem}>{sentence(preview.error)}</p>;
  const { parts } = preview.data;
  if (channel === 'push') return <NotificationCard from={workspace.brand} notification={{ title: parts['title'] ?? '', body: parts['text'] ?? '', url: parts['url'] || null, icon: parts['icon'] || null }} />;
  if (channel !== 'email') return <SmsBubble from={workspace.brand} text={parts['text'] ?? ''} />;
  return (
    <div className={classes.mail}>
      <strong>{parts['subject']}</strong>
      {parts['preheader'] && <span className={classes.small}>{parts['preheader']}</span>}
      <Button variant="default" size="compact-xs" onClick={() => setOpen(true)}>{t('read')}</Button>
      <Modal opened={open} onClose={() => setOpen(false)} size="xl" title={parts['subject']} closeButtonProps={{ 'aria-label': t('closeMessage') }}>
        <MailFrame html={parts['html'] ?? ''} title={parts['subject'] ?? t('read')} />
      </Modal>
    </div>
  );
}
