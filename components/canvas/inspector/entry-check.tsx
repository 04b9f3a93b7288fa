'use client';
/** Asks for one customer why they are or are not in the journey, and answers line by line of its entry, as it is now (§12.1). */
import { Anchor, Loader } from '@mantine/core';
import { IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import { CustomerPicker } from '#components/content/customer-picker.tsx';
import { ExplainedParts } from '#components/canvas/explained-parts.tsx';
import { useCanvas } from '#components/canvas/canvas-store.ts';
import { journeyApi, type EntryCheck as Check } from '#components/canvas/journey-api.ts';
import { eventName } from '#components/canvas/speech.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { useDayText } from '#components/canvas/use-day-text.ts';
import { useProblemSentence, useReasonSentence } from '#components/reason-sentence.ts';
import { useFormats } from '#components/use-formats.ts';
import classes from './entry-check.module.css';

/** `holds` is null for what is only told. */
function Line({ name, holds, children }: { name: string; holds: boolean | null; children: ReactNode }) {
  const Icon = holds === null ? IconInfoCircle : holds ? IconCheck : IconX;
  return (
    <li data-holds={holds ?? undefined}>
      <Icon size={16} stroke={1.8} aria-hidden />
      <div><b>{name}</b><div>{children}</div></div>
    </li>
  );
}

function TriggerLine({ check: { trigger, moments } }: { check: Check }) {
  const t = useTranslations('understand.entryCheck');
  const speech = useSpeech();
  const { dateTime } = useFormats();
  const dayText = useDayText();
  if (moments !== null) {
    return (
      <Line name={t('trigger')} holds={moments.some(({ nextAt }) => nextAt !== null)}>
        {moments.length === 0 ? t('noMoment') : moments.map(({ whose, name, date, nextAt }) => <div key={`${whose} ${name ?? ''} ${date}`}>{t('moment', { whose, name: name ?? '', date: dayText(date), when: nextAt === null ? 'none' : 'ahead', next: nextAt === null ? '' : dateTime(nextAt) })}</div>)}
      </Line>
    );
  }
  if (trigger.type === null) return null;
  const event = eventName(speech, trigger.type);
  const fits = trigger.happened === true && trigger.inStores !== false && trigger.where.every(({ holds }) => holds);
  return (
    <Line name={t('trigger')} holds={fits}>
      {trigger.lastAt === null ? t('neverHappened', { event }) : t('lastHappened', { event, when: dateTime(trigger.lastAt) })}
      {trigger.inStores === false && <div>{t('elsewhere')}</div>}
      {trigger.where.length > 0 && <ExplainedParts parts={trigger.where} />}
    </Line>
  );
}

function Answer({ check, customerId }: { check: Check; customerId: string }) {
  const t = useTranslations('understand.entryCheck');
  const { words } = useSpeech();
  const { dateTime, number } = useFormats();
  const why = useReasonSentence();
  const { state, reason, audience, consent, cap, entries, lastEnteredAt, heldOut, refusals } = check;
  const isReentry = reason?.code.startsWith('reentry.') ?? false;
  return (
    <div className={classes.answer}>
      <p className={classes.verdict} data-state={state} role="status">{state === 'refused' && reason ? why(reason) : t(`state.${state}`)}</p>
      <ul className={classes.lines}>
        <TriggerLine check={check} />
        <Line name={t('audience')} holds={audience.length === 0 ? true : reason?.code !== 'audience'}>{audience.length === 0 ? t('everyone') : <ExplainedParts parts={audience} />}</Line>
        {consent && <Line name={t('consent')} holds={consent.holds}>{t(consent.holds ? 'consentHolds' : 'consentLacks', { purpose: consent.purpose, by: words(`entry.by.${consent.channel}`) })}</Line>}
        <Line name={t('reentry')} holds={!isReentry}>{t('entries', { count: entries, when: lastEnteredAt === null ? '' : dateTime(lastEnteredAt) })}{isReentry && reason && state !== 'refused' && <div>{why(reason)}</div>}</Line>
        {cap && <Line name={t('cap')} holds={cap.entered < cap.maximum}>{t('places', { entered: number(cap.entered), maximum: number(cap.maximum), per: cap.per })}</Line>}
        {heldOut && <Line name={t('holdout')} holds={null}>{t('heldOut')}</Line>}
        {refusals.length > 0 && <Line name={t('refusals')} holds={null}>{refusals.map((refusal) => <div key={refusal.at}>{dateTime(refusal.at)}: {why(refusal.reason)}</div>)}</Line>}
      </ul>
      <Anchor component={Link} size="sm" href={`/customers/${customerId}`}>{t('card')}</Anchor>
    </div>
  );
}

export function EntryCheck() {
  const t = useTranslations('understand.entryCheck');
  const sentence = useProblemSentence();
  const journeyId = useCanvas((state) => state.journeyId);
  const [customerId, setCustomerId] = useState<string | null>(null);
  const { data, error } = useQuery({ queryKey: ['designer', journeyId, 'entryCheck', customerId], queryFn: () => journeyApi.entryCheck(journeyId, customerId ?? ''), enabled: customerId !== null });
  return (
    <>
      <CustomerPicker label={t('customer')} placeholder={t('find')} nothing={t('nobody')} value={customerId} onChange={setCustomerId} />
      {customerId !== null && (error ? <p role="alert">{sentence(error)}</p> : data ? <Answer check={data} customerId={customerId} /> : <Loader size="xs" mt={8} aria-label={t('reading')} />)}
    </>
  );
}
