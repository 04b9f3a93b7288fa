'use client';
/** What lies behind a line of the timeline: its reason, the way to its journey, and its figures as they were kept. */
import { useTranslations } from 'next-intl';
import classes from '#components/customers/customers.module.css';
import { reasonIn, type TimelineLine } from '#components/customers/timeline-text.ts';
import { JourneyLink } from '#components/journeys/journey-link.tsx';
import { Reason } from '#components/ui/reason-line.tsx';

/** Shown in words elsewhere, or of no use to a reader. */
const LEFT_OUT = new Set(['journeyId', 'journeyName', 'enrollmentId', 'reason', 'transferKey', 'drawn', 'offerName']);

export function TimelineDetail({ line }: { line: TimelineLine }) {
  const t = useTranslations('customers.timeline');
  const { data } = line;
  const reason = reasonIn(line);
  const journeyId = typeof data['journeyId'] === 'string' ? data['journeyId'] : null;
  const rest = Object.fromEntries(Object.entries(data).filter(([name, value]) => !LEFT_OUT.has(name) && value !== null));
  return (
    <>
      {reason && <Reason reason={reason} />}
      {journeyId && <div><JourneyLink journeyId={journeyId}>{t('openJourney')}</JourneyLink></div>}
      <pre className={classes.code} tabIndex={0}>{JSON.stringify(rest, null, 2)}</pre>
    </>
  );
}
