'use client';
/** One message: what became of it, why it may be sent or why it was not, and what was handed to the vendor. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { JourneyLink } from '#components/journeys/journey-link.tsx';
import { api } from '#components/api-client.ts';
import classes from '#components/content/content.module.css';
import { MailFrame } from '#components/content/mail-frame.tsx';
import { NotificationCard } from '#components/content/notification-card.tsx';
import { SmsBubble } from '#components/content/sms-bubble.tsx';
import { TONE_OF, type MessageDetail } from '#components/messages/message-types.ts';
import { useSession } from '#components/session.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Reason } from '#components/ui/reason-line.tsx';
import { EmptyState, ErrorState, LoadingState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useChannelName } from '#components/use-channel-name.ts';
import { useFormats } from '#components/use-formats.ts';

/** Why it may be sent, in words: the consent with its source and date, the customer relation, or its nature. */
function useLawfulSentence(): (lawful: MessageDetail['lawful']) => string {
  const t = useTranslations('messages.lawful');
  const formats = useFormats();
  return (lawful) => {
    const at = (name: string): string => (typeof lawful?.[name] === 'number' ? formats.date(lawful[name]) : '');
    switch (lawful?.['kind']) {
      case 'consent': {
        const source = String(lawful['source']);
        return t('consent', { at: at('at'), source: t.has(`sources.${source}`) ? t(`sources.${source}`) : source, wording: lawful['wordingVersion'] ? t('wording', { version: String(lawful['wordingVersion']) }) : '' });
      }
      case 'softOptIn': return t('softOptIn', { at: at('lastPurchaseAt') });
      case 'transactional': return t('transactional');
      default: return t('none');
    }
  };
}

function Facts({ message }: { message: MessageDetail }) {
  const t = useTranslations('messages');
  const channelName = useChannelName();
  const formats = useFormats();
  const moments = (['plannedAt', 'dueAt', 'expiresAt', 'handedOverAt', 'deliveredAt', 'openedAt', 'clickedAt'] as const).flatMap((name): [string, ReactNode][] => (message[name] ? [[t(`moments.${name}`), formats.dateTime(message[name])]] : []));
  const lines: [string, ReactNode][] = [
    [t('customer'), <Anchor key="customer" component={Link} href={`/customers/${message.customerId}`} size="sm">{message.customerName ?? t('unnamed')}</Anchor>],
    ...(message.address ? [[t('address'), message.address] as [string, ReactNode]] : []),
    ...(message.sender ? [[t('sender'), message.sender] as [string, ReactNode]] : []),
    [t('channel'), channelName(message.channel)],
    ...(message.journeyId ? [[t('journey'), <JourneyLink key="journey" journeyId={message.journeyId}>{message.journeyName}</JourneyLink>] as [string, ReactNode]] : []),
    [t('category'), message.category],
    ...(message.templateKey ? [[t('template'), <Anchor key="template" component={Link} href={`/content/templates/${message.templateKey}`} size="sm">{message.templateNumber ? t('templateVersion', { key: message.templateKey, number: message.templateNumber }) : message.templateKey}</Anchor>] as [string, ReactNode]] : []),
    ...(message.language ? [[t('language'), message.language] as [string, ReactNode]] : []),
    ...moments,
    ...(message.provider ? [[t('provider'), <span key="provider" className="code">{[message.provider, message.providerMessageId].filter(Boolean).join(' · ')}</span>] as [string, ReactNode]] : []),
  ];
  return <dl className={classes.envelope}>{lines.flatMap(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={name}>{value}</dd>])}</dl>;
}

export function MessagePage({ messageId }: { messageId: string }) {
  const t = useTranslations('messages');
  const lawful = useLawfulSentence();
  const { workspace } = useSession();
  const query = useQuery({ queryKey: ['messages', messageId], queryFn: ({ signal }) => api.get<MessageDetail>(`/messages/${messageId}`, {}, signal), refetchInterval: 10_000 });
  if (query.isPending) return <LoadingState lines={10} />;
  if (query.isError) return <><PageHeader title={t('title')} back={{ href: '/content/messages', label: t('title') }} /><ErrorState error={query.error} onRetry={() => void query.refetch()} /></>;
  const message = query.data;
  const { content } = message;
  return (
    <>
      <PageHeader title={content?.subject ?? message.templateKey ?? t('message')} back={{ href: '/content/messages', label: t('title') }} badge={<StatusBadge tone={TONE_OF[message.status]}>{t(`statuses.${message.status}`)}</StatusBadge>} />
      <div className={classes.split}>
        <div style={{ display: 'grid', gap: 16 }}>
          <section className={classes.card} aria-label={t('why')}>
            <h2>{t('why')}</h2>
            {message.reason ? <Reason reason={message.reason} {...(message.reason.code.startsWith('pressure.') && { rule: { href: '/settings/pressure', label: t('rule') } })} /> : <span>{t(`explained.${message.status}`)}</span>}
            <span className="quiet">{lawful(message.lawful)}</span>
          </section>
          <section className={classes.card} aria-label={t('facts')}><h2>{t('facts')}</h2><Facts message={message} /></section>
        </div>
        <section aria-label={t('content')}>
          {!content ? <div className={classes.card}><EmptyState title={t('notRendered')}>{t('notRenderedHelp')}</EmptyState></div>
            : content.notification ? <NotificationCard from={workspace.brand} notification={content.notification} />
            : content.html === null ? <SmsBubble from={workspace.brand} text={content.text} /> : <MailFrame html={content.html} title={content.subject ?? t('content')} />}
        </section>
      </div>
    </>
  );
}
