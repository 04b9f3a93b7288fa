'use client';
/** One message as its customer sees it, and what a customer can do with it: open, click, unsubscribe, complain, or answer. */
import { Anchor, Button, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft, IconEye, IconFlag, IconMailOff, IconSend } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import contentClasses from '#components/content/content.module.css';
import { MailFrame } from '#components/content/mail-frame.tsx';
import { NotificationCard } from '#components/content/notification-card.tsx';
import { SmsBubble } from '#components/content/sms-bubble.tsx';
import type { Mail } from '#components/mailbox/mail-types.ts';
import classes from '#components/mailbox/mailbox.module.css';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';

type Act = { kind: 'open' } | { kind: 'click'; link: string } | { kind: 'complain' } | { kind: 'unsubscribe' } | { kind: 'reply'; body: string };

/** The mail program's own one-click request (RFC 8058): no cookie and no key. It goes to this server, whatever name the outside knows it by. */
async function unsubscribe(url: string): Promise<void> {
  const { pathname } = new URL(url);
  const response = await fetch(pathname, { method: 'POST', credentials: 'omit', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
  if (!response.ok) throw new Error('the unsubscribe was refused');
}

async function perform(mail: Mail, act: Act): Promise<void> {
  if (act.kind === 'reply') await api.post('/sandbox/mailbox/reply', { from: mail.to, body: act.body, channel: mail.channel });
  else if (act.kind === 'unsubscribe') await unsubscribe(mail.unsubscribeUrl ?? '');
  else await api.post(`/sandbox/mailbox/${mail.id}/${act.kind}`, act.kind === 'click' ? { link: act.link } : {});
}

/** The link in a notification is this server's own, whatever name the outside knows it by. */
const pathOf = (address: string | null): { opens?: string } => (address !== null && URL.canParse(address) ? { opens: new URL(address).pathname } : {});

export function OpenedMail({ mail, onBack }: { mail: Mail; onBack: () => void }) {
  const t = useTranslations('mailbox');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const { workspace } = useSession();
  const queries = useQueryClient();
  const [clicked, setClicked] = useState<string | null>(null);
  const [reply, setReply] = useState('');
  const act = useMutation({
    mutationFn: (asked: Act) => perform(mail, asked),
    onSuccess: async (_, asked) => {
      notifications.show({ color: 'live', message: t(`did.${asked.kind}`) });
      if (asked.kind === 'click') setClicked(asked.link);
      if (asked.kind === 'reply') setReply('');
      await queries.invalidateQueries();
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const isEmail = mail.channel === 'email';
  return (
    <section className={classes.opened} aria-label={t('opened')}>
      <Button className={classes.back} variant="subtle" color="gray" size="compact-sm" w="fit-content" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onBack}>{t('back')}</Button>
      {isEmail && <h2>{mail.subject}</h2>}
      <dl className={contentClasses.envelope}>
        {!mail.notification && <><dt>{t('from')}</dt><dd>{mail.from}</dd></>}
        <dt>{t('to')}</dt><dd>{mail.to}</dd>
        <dt>{t('at')}</dt><dd>{formats.dateTime(mail.at)}</dd>
        {mail.messageId && <><dt>{t('message')}</dt><dd><Anchor component={Link} href={`/content/messages/${mail.messageId}`} size="sm">{t('why')}</Anchor></dd></>}
      </dl>
      {isEmail ? (
        <Group gap="xs">
          <Button variant="default" leftSection={<IconEye size={16} aria-hidden />} disabled={act.isPending} onClick={() => act.mutate({ kind: 'open' })}>{t('open')}</Button>
          {mail.unsubscribeUrl && <Button variant="default" leftSection={<IconMailOff size={16} aria-hidden />} disabled={act.isPending} onClick={() => act.mutate({ kind: 'unsubscribe' })}>{t('unsubscribe')}</Button>}
          <Button variant="default" leftSection={<IconFlag size={16} aria-hidden />} disabled={act.isPending} onClick={() => act.mutate({ kind: 'complain' })}>{t('complain')}</Button>
        </Group>
      ) : mail.notification ? null : (
        <form style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'flex-end' }} onSubmit={(event) => { event.preventDefault(); if (reply.trim()) act.mutate({ kind: 'reply', body: reply.trim() }); }}>
          <Button variant="default" disabled={act.isPending} onClick={() => act.mutate({ kind: 'reply', body: 'STOP' })}>{t('stop')}</Button>
          <TextInput aria-label={t('reply')} placeholder={t('reply')} value={reply} onChange={(event) => setReply(event.currentTarget.value)} maxLength={1_600} style={{ flex: '1 1 160px' }} />
          <Button type="submit" disabled={act.isPending || reply.trim() === ''} leftSection={<IconSend size={16} aria-hidden />}>{t('send')}</Button>
        </form>
      )}
      {isEmail && <p className="quiet" style={{ margin: 0 }} role="status">{clicked ? <>{t('clicked')} <Anchor href={clicked} target="_blank" rel="noreferrer" style={{ overflowWrap: 'anywhere' }}>{clicked}</Anchor></> : t('clickHelp')}</p>}
      {isEmail ? <MailFrame key={mail.id} html={mail.html} title={mail.subject} onLink={(link) => act.mutate({ kind: 'click', link })} /> : mail.notification ? <NotificationCard from={workspace.brand} notification={mail.notification} {...pathOf(mail.notification.url)} /> : <SmsBubble from={mail.from} text={mail.text} />}
    </section>
  );
}
