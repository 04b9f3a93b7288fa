'use client';
/** Who got which version of a template, and when. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '#components/api-client.ts';
import type { Proof } from '#components/proofs/proof-types.ts';
import classes from '#components/proofs/proofs.module.css';
import { useFormats } from '#components/use-formats.ts';

export function ProofLog({ templateKey }: { templateKey: string }) {
  const t = useTranslations('proofs');
  const formats = useFormats();
  const log = useQuery({ queryKey: ['proofs', templateKey], queryFn: ({ signal }) => api.get<{ items: Proof[] }>(`/templates/${templateKey}/proofs`, {}, signal) });
  const items = log.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className={classes.log} aria-label={t('log')}>
      <h3>{t('log')}</h3>
      <ul>
        {items.map(({ id, number, list, actorName, at, copies }) => (
          <li key={id}>
            <span><b>{number === null ? t('unsaved') : t('version', { number })}</b> · {list} · {formats.dateTime(at)}{actorName !== null && ` · ${actorName}`}</span>
            <span className="quiet">{copies.map(({ recipient, name, language, outcome }) => t(`copy.${outcome}`, { who: name ?? recipient, language })).join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
