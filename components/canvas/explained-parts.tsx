'use client';
/** A condition comparison by comparison, each with what was found and whether it holds. */
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ExplainedPart } from '#domain/audiences/explain-condition.ts';
import { conditionSentence, valueText } from './condition-sentence.ts';
import { useSpeech } from './speech-context.tsx';
import classes from './try/try.module.css';

export function ExplainedParts({ parts }: { parts: readonly ExplainedPart[] }) {
  const t = useTranslations('try');
  const speech = useSpeech();
  return (
    <ul className={classes.because}>
      {parts.map(({ part, holds, value }, index) => (
        <li key={index} data-holds={holds || undefined}>
          {holds ? <IconCheck size={14} aria-hidden /> : <IconX size={14} aria-hidden />}
          <span>{t(holds ? 'holds' : 'holdsNot', { condition: conditionSentence(speech, part) })}{'field' in part && <span className="quiet"> {t('found', { value: value === undefined || value === null || (Array.isArray(value) && value.length === 0) ? t('nothing') : Array.isArray(value) ? value.map((each) => valueText(speech, part.field, each)).join(', ') : valueText(speech, part.field, value) })}</span>}</span>
        </li>
      ))}
    </ul>
  );
}
