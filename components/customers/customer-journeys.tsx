'use client';
/** The journeys that the customer is in, and those that they left. */
import { useTranslations } from 'next-intl';
import type { CustomerEnrollment } from '#components/customers/customer-types.ts';
import classes from '#components/customers/customers.module.css';
import { JourneyLink } from '#components/journeys/journey-link.tsx';
import { StatusBadge, type Tone } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

const MOST_SHOWN = 8;
const ENDING_TONES: Record<string, Tone> = { converted: 'live', failed: 'danger' };

export function CustomerJourneys({ customerId, enrollments }: { customerId: string; enrollments: CustomerEnrollment[] }) {
  const t = useTranslations('customers.journeys');
  const formats = useFormats();
  const lines = [...enrollments].sort((left, right) => Number(left.endedAt !== null) - Number(right.endedAt !== null)).slice(0, MOST_SHOWN);
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <div className={classes.lines}>
        {lines.map((one) => (
          <div key={one.id}>
            <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
              <JourneyLink journeyId={one.journeyId} query={`?customer=${customerId}`} title={t('path')}>{one.journeyName}</JourneyLink>
              <StatusBadge tone={one.endedAt === null ? 'live' : (ENDING_TONES[one.ending ?? ''] ?? 'quiet')}>{one.endedAt === null ? t('inside') : t(`endings.${one.ending ?? 'completed'}`)}</StatusBadge>
            </div>
            <div className={classes.small}>
              {one.endedAt === null ? (one.wakeAt ? t('nextAt', { entered: formats.date(one.enteredAt), at: formats.dateTime(one.wakeAt) }) : t('waits', { entered: formats.date(one.enteredAt) }))
                : t('from', { entered: formats.date(one.enteredAt), ended: formats.date(one.endedAt) })}
            </div>
          </div>
        ))}
        {lines.length === 0 && <div className={classes.small}>{t('none')}</div>}
        {enrollments.length > MOST_SHOWN && <div className={classes.small}>{t('more', { count: enrollments.length - MOST_SHOWN })}</div>}
      </div>
    </section>
  );
}
