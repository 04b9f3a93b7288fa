'use client';
/** In how many parts an SMS leaves, and which characters make it dearer. */
import { useTranslations } from 'next-intl';
import { countSmsSegments } from '#domain/messages/sms-segments.ts';

export function SegmentCount({ text }: { text: string }) {
  const t = useTranslations('templates.sms');
  const { encoding, length, perSegment, segments, outside } = countSmsSegments(text);
  return (
    <div className="quiet" role="status">
      <div className="figures">{t('segments', { segments, length, perSegment })} · {t(encoding)}</div>
      {outside.length > 0 && <div>{t('outside', { characters: outside.join(' ') })}</div>}
    </div>
  );
}
