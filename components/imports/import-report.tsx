'use client';
/** What came of an import so far, drawn and saved: created, changed, left and why, refused and why. */
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { BarList } from '#components/ui/bar-list.tsx';
import { saveCsvText } from '#components/ui/save-csv.ts';
import { useFormats } from '#components/use-formats.ts';
import { importApi, type ImportFile } from './import-api.ts';
import classes from './imports.module.css';

const OUTCOMES = ['created', 'updated', 'left.same', 'left.known', 'refused'];
const CONSENT_OUTCOMES = ['kept', 'same', 'older', 'optedOut'];

export function ImportReport({ file: { id, counts, state } }: { file: ImportFile }) {
  const t = useTranslations('imports');
  const { number } = useFormats();
  const language = useLocale();
  const sentence = useProblemSentence();
  const save = useMutation({ mutationFn: async () => saveCsvText('refused.csv', [await importApi.refused(id, language)]) });
  const lines = OUTCOMES.flatMap((name) => (counts[name] ? [{ label: t(`outcomes.${name.replace('.', '_')}`), values: [counts[name]] }] : []));
  const consents = CONSENT_OUTCOMES.flatMap((name) => (counts[`consents.${name}`] ? [{ label: t(`consentOutcomes.${name}`), values: [counts[`consents.${name}`] ?? 0] }] : []));
  const refused = counts['refused'] ?? 0;
  return (
    <div className={classes.report}>
      {lines.length > 0 && <BarList label={t('report')} lines={lines} names={['']} nothing="" format={number} />}
      {consents.length > 0 && <BarList label={t('kinds.consents')} lines={consents} names={['']} nothing="" format={number} />}
      {refused > 0 && (
        <section className={classes.panel} aria-label={t('refusedTitle')}>
          <h2>{t('refusedTitle')}</h2>
          <p className="quiet">{t('refusedHelp')}</p>
          <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={save.isPending} onClick={() => save.mutate()}>{t('saveRefused')}</Button>
          {save.isError && <p role="alert" className={classes.wrong}>{sentence(save.error)}</p>}
        </section>
      )}
      {refused === 0 && state === 'done' && <p className="quiet">{t('allGood')}</p>}
    </div>
  );
}
