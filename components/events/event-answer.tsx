'use client';
/** What became of a posted event: taken or not and why, for whom, and what it earned rule by rule. */
import { Alert, Anchor } from '@mantine/core';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { EventAnswer } from '#components/events/event-types.ts';
import classes from '#components/events/events.module.css';
import { ProblemLine } from '#components/events/quarantined-events.tsx';
import { useReasonSentence } from '#components/reason-sentence.ts';
import { useFormats } from '#components/use-formats.ts';

const COLOURS = { accepted: 'live', duplicate: 'ink', quarantined: 'warning', rejected: 'danger' } as const;

export function EventAnswerView({ answer }: { answer: EventAnswer }) {
  const t = useTranslations('events');
  const sentence = useReasonSentence();
  const formats = useFormats();
  return (
    <Alert color={COLOURS[answer.status]} mt="md" title={t(`answers.${answer.status}`)}>
      {answer.customerId && <Anchor component={Link} href={`/customers/${answer.customerId}`} size="sm">{t('openCustomer')}</Anchor>}
      {answer.problems?.map((problem, index) => <ProblemLine key={index} problem={problem} />)}
      {answer.loyalty?.map(({ programme, points, balance, explanation }) => (
        <div key={programme} className={classes.loyalty}>
          <strong>{t('earned', { points: formats.number(points), balance: formats.number(balance), programme })}</strong>
          <ul>{explanation.map(({ rule, applied, points: own, why }) => <li key={rule}>{t(applied ? 'ruleApplied' : 'ruleNot', { rule, points: formats.number(own) })} {sentence(why)}</li>)}</ul>
        </div>
      ))}
    </Alert>
  );
}
