'use client';
/** What has still to be sent, and what the server refused later, each with its reason. */
import { Button } from '@mantine/core';
import { IconCloudUp } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useReasonSentence } from '#components/reason-sentence.ts';
import type { Outgoing, OutgoingBox } from '#components/till/outgoing.ts';
import classes from '#components/till/till.module.css';
import { useFormats } from '#components/use-formats.ts';

export function OutgoingNotice({ waiting, online, onSend }: { waiting: Outgoing[]; online: boolean; onSend: () => void }) {
  const t = useTranslations('till.outgoing');
  if (online && waiting.length === 0) return null;
  return (
    <span className={classes.sending} role="status">
      <IconCloudUp size={16} stroke={1.6} aria-hidden />
      {waiting.length === 0 ? t('offline') : t(online ? 'sending' : 'waiting', { count: waiting.length })}
      {online && waiting.length > 0 && <Button size="compact-xs" variant="default" onClick={onSend}>{t('sendNow')}</Button>}
    </span>
  );
}

export function RefusedLater({ refused, box }: { refused: Outgoing[]; box: OutgoingBox | null }) {
  const t = useTranslations('till.outgoing');
  const formats = useFormats();
  const sentence = useReasonSentence();
  if (refused.length === 0) return null;
  return (
    <section className={classes.panel} aria-label={t('refused')} style={{ marginTop: 16, maxWidth: 1160 }}>
      <h2>{t('refused')}</h2>
      {refused.map((item) => (
        <div key={item.id} className={classes.choice}>
          <span>{item.refused && sentence({ code: item.refused.code })}<small>{formats.dateTime(item.at)}{item.amountMinor !== null && ` · ${formats.money(item.amountMinor)}`}</small></span>
          <Button variant="default" h={44} onClick={() => box?.forget(item.id)}>{t('seen')}</Button>
        </div>
      ))}
    </section>
  );
}
