'use client';
/** Each column of the file with its first values, and what it stands for. */
import { Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { ATTRIBUTE_PREFIX, IMPORT_FIELDS } from '#domain/imports/import-kinds.ts';
import { normaliseHeading } from '#domain/imports/mapping.ts';
import type { ImportFile, PreviewedRow } from './import-api.ts';
import classes from './imports.module.css';
import { useFieldName } from './use-field-name.ts';

const SHOWN_VALUES = 3;

/** `Pointure (EU)` → `pointureEu`: a name that an attribute may have. */
export const attributeName = (heading: string): string => {
  const words = normaliseHeading(heading).split(' ').filter(Boolean);
  const name = words.map((word, index) => (index === 0 ? word : `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`)).join('');
  return (/^[a-z]/.test(name) ? name : `c${name}`).slice(0, 64);
};

type Props = { file: ImportFile; fields: ImportFile['fields']; rows: PreviewedRow[]; onChange: (fields: ImportFile['fields']) => void; disabled: boolean };

export function MapColumns({ file, fields, rows, onChange, disabled }: Props) {
  const t = useTranslations('imports');
  const fieldName = useFieldName();
  const choicesOf = (column: number) => {
    const attribute = `${ATTRIBUTE_PREFIX}${attributeName(file.headings[column] ?? '')}`;
    const current = fields[column];
    const extra = [...(file.kind === 'customers' ? [attribute] : []), ...(current?.includes(':') && current !== attribute ? [current] : [])];
    return [...IMPORT_FIELDS[file.kind].map(({ name }) => ({ value: name, label: fieldName(name), disabled: fields.some((taken, index) => taken === name && index !== column) })), ...extra.map((value) => ({ value, label: fieldName(value) }))];
  };
  return (
    <div className={classes.tableBox} role="region" aria-label={t('columns')} tabIndex={0}>
      <table className={classes.table}>
        <thead><tr><th scope="col">{t('heading')}</th><th scope="col">{t('field')}</th><th scope="col">{t('example')}</th></tr></thead>
        <tbody>
          {file.headings.map((heading, column) => (
            <tr key={column} data-left={fields[column] === null || undefined}>
              <th scope="row">{heading}</th>
              <td><Select size="xs" aria-label={`${heading}: ${t('field')}`} data={choicesOf(column)} value={fields[column] ?? null} onChange={(value) => onChange(fields.map((field, index) => (index === column ? value : field)))} placeholder={t('leaveOut')} clearable clearButtonProps={{ 'aria-label': t('leaveOut') }} searchable disabled={disabled} miw={150} /></td>
              <td className={classes.example}>{[...new Set(rows.map(({ cells }) => cells[column] ?? '').filter(Boolean))].slice(0, SHOWN_VALUES).join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
