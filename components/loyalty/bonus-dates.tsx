'use client';
/** The days between which a bonus counts, as the workspace's calendar names them; the last one is included. */
import { TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { DAY_MS, dateOf, startOfDate, type Instant } from '#domain/shared/time.ts';
import { useSession } from '#components/session.tsx';

type Between = { from?: Instant | undefined; to?: Instant | undefined };

export function BonusDates({ from, to, readOnly, onChange }: Between & { readOnly: boolean; onChange: (between: Between) => void }) {
  const t = useTranslations('loyalty.bonus');
  const { workspace: { timeZone } } = useSession();
  /** The first instant of the day after, also where a day has 23 or 25 hours. */
  const endOf = (date: string): Instant => startOfDate(dateOf(startOfDate(date, timeZone) + DAY_MS * 1.5, timeZone), timeZone);
  return (
    <>
      <TextInput type="date" label={t('from')} readOnly={readOnly} value={from === undefined ? '' : dateOf(from, timeZone)} onChange={({ currentTarget: { value } }) => onChange({ from: value ? startOfDate(value, timeZone) : undefined })} />
      <TextInput type="date" label={t('to')} readOnly={readOnly} value={to === undefined ? '' : dateOf(to - 1, timeZone)} onChange={({ currentTarget: { value } }) => onChange({ to: value ? endOf(value) : undefined })} />
    </>
  );
}
