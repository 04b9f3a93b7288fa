'use client';
/** A file that waits: its columns, how it is read, and its first rows as they would land, anew with each choice; then it is started. */
import { Button, Group } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { checkMapping } from '#domain/imports/mapping.ts';
import { NEEDED_FIELDS } from '#domain/imports/import-kinds.ts';
import { importApi, type ImportFile } from './import-api.ts';
import { ImportOptions } from './import-options.tsx';
import classes from './imports.module.css';
import { MapColumns } from './map-columns.tsx';
import { PreviewTable } from './preview-table.tsx';
import { useFieldName } from './use-field-name.ts';

/** The fields that every row needs and no column stands for. */
function useMissing(file: ImportFile, fields: ImportFile['fields']): string | null {
  const t = useTranslations('imports');
  const fieldName = useFieldName();
  const missing = NEEDED_FIELDS[file.kind].filter((list) => !list.some((name) => fields.includes(name)));
  return missing.length === 0 ? null : t('needs', { fields: missing.map((list) => list.map(fieldName).join(` ${t('or')} `)).join(', ') });
}

export function PrepareImport({ file }: { file: ImportFile }) {
  const t = useTranslations('imports');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('imports:write');
  const [fields, setFields] = useState(file.fields);
  const [settings, setSettings] = useState(file.settings);
  const missing = useMissing(file, fields);
  const preview = useQuery({ queryKey: ['imports', file.id, 'preview', fields, settings], queryFn: () => importApi.preview(file.id, { fields, settings }), placeholderData: keepPreviousData });
  const start = useMutation({
    mutationFn: async () => {
      await importApi.map(file.id, { fields, settings });
      await importApi.start(file.id);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  });
  if (preview.isPending) return <LoadingState lines={10} />;
  if (preview.isError) return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />;
  const { rows } = preview.data;
  const wrong = rows.filter(({ problems }) => problems.length > 0).length;
  return (
    <div className={classes.prepare}>
      <section className={classes.columns}>
        <h2>{t('columns')}</h2>
        <p className="quiet">{t(file.guessed.remembered ? 'remembered' : 'guessed')} {t('columnsHelp')}</p>
        <MapColumns file={file} fields={fields} rows={rows} onChange={setFields} disabled={!mayWrite} />
      </section>
      <ImportOptions file={file} fields={fields} settings={settings} onChange={setSettings} />
      <section className={classes.preview}>
        <h2>{t('preview')}</h2>
        {wrong > 0 && <p className={classes.wrong}>{t('problemsInPreview', { count: wrong })}</p>}
        <PreviewTable file={file} fields={fields} rows={rows} />
      </section>
      {mayWrite && (
        <Group className={classes.acts} gap={12}>
          <Button disabled={missing !== null || !checkMapping(file.kind, fields, file.headings.length).ok} loading={start.isPending} onClick={() => start.mutate()}>{t('start', { count: file.rows })}</Button>
          {missing !== null && <span className={classes.wrong} role="status">{missing}</span>}
          {start.isError && <span className={classes.wrong} role="alert">{sentence(start.error)}</span>}
        </Group>
      )}
    </div>
  );
}
