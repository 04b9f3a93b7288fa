'use client';
/** Beside the text of an SMS: what makes it dearer with a way out, the word that the law asks for, and what it costs. */
import { Anchor, Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { countSmsSegments } from '#domain/messages/sms-segments.ts';
import { inPlainSigns, lacksStop, plainSignOf, stopMentionRule } from '#domain/messages/sms-advice.ts';
import { api } from '#components/api-client.ts';
import { useCan } from '#components/session.tsx';
import type { Workspace } from '#components/settings/settings-types.ts';
import { SegmentCount } from '#components/templates/segment-count.tsx';

const MICROS = 1_000_000;

export function SmsAdvice({ text, readOnly, onText }: { text: string; readOnly: boolean; onText: (text: string) => void }) {
  const t = useTranslations('templates.sms');
  const language = useLocale();
  const workspace = useQuery({ queryKey: ['workspace'], enabled: useCan('settings:read'), queryFn: ({ signal }) => api.get<Workspace>('/workspace', {}, signal) }).data;
  const { segments, outside } = countSmsSegments(text);
  const plain = outside.filter((sign) => plainSignOf(sign) !== null);
  const price = workspace?.smsPartMicros ?? null;
  const cost = workspace && price !== null ? new Intl.NumberFormat(language, { style: 'currency', currency: workspace.currency, maximumFractionDigits: 3 }).format((segments * price) / MICROS) : null;
  const rule = workspace ? stopMentionRule(workspace.country) : null;
  const country = workspace ? new Intl.DisplayNames([language], { type: 'region' }).of(workspace.country) ?? workspace.country : '';
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 6 }}>
      <SegmentCount text={text} />
      {cost !== null && <span className="quiet figures">{t('cost', { amount: cost })}</span>}
      {!readOnly && plain.length > 0 && <Button size="compact-sm" variant="default" w="fit-content" onClick={() => onText(inPlainSigns(text))}>{t('plain', { characters: plain.join(' ') })}</Button>}
      {workspace && rule && lacksStop(text, workspace.country) && (
        <Group gap="xs" role="status">
          <span>{t('noStop', { country })} <Anchor href={rule.source.url} target="_blank" rel="noreferrer" title={rule.source.title} underline="always">{t('source')}</Anchor></span>
          {!readOnly && <Button size="compact-sm" variant="default" onClick={() => onText(`${text.trimEnd()} STOP`)}>{t('addStop')}</Button>}
        </Group>
      )}
    </div>
  );
}
