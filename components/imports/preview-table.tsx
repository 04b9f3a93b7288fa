'use client';
/** The first rows as they would land: normalised values under their fields, and each problem at its cell. */
import { Tooltip } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useReasonSentence } from '#components/reason-sentence.ts';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';
import { findField } from '#domain/imports/import-kinds.ts';
import type { ImportFile, PreviewedRow } from './import-api.ts';
import classes from './imports.module.css';
import { useFieldName } from './use-field-name.ts';

const NAMES_SOMEBODY = ['customers', 'consents', 'relatives', 'purchases'];

/** A value in words: an instant in the workspace's zone, an amount in its currency. */
function useShown(file: ImportFile): (name: string, value: PreviewedRow['values'][number]) => string {
  const t = useTranslations('imports');
  const formats = useFormats();
  return (name, value) => {
    if (value === null) return '';
    const reads = findField(file.kind, name)?.reads;
    if (typeof value === 'boolean') return t(value ? 'yesNo.yes' : 'yesNo.no');
    if (Array.isArray(value)) return value.join(', ');
    if (typeof value === 'number') return reads === 'instant' ? formats.dateTime(value) : reads === 'amount' ? formats.money(value) : formats.number(value);
    return reads === 'date' ? formats.date(`${value}T12:00:00Z`) : value;
  };
}

export function PreviewTable({ file, fields, rows }: { file: ImportFile; fields: ImportFile['fields']; rows: PreviewedRow[] }) {
  const t = useTranslations('imports');
  const formats = useFormats();
  const fieldName = useFieldName();
  const reason = useReasonSentence();
  const shown = useShown(file);
  const columns = fields.flatMap((name, column) => (name === null ? [] : [{ name, column }]));
  const names = NAMES_SOMEBODY.includes(file.kind);
  return (
    <div className={classes.tableBox} role="region" aria-label={t('preview')} tabIndex={0}>
      <table className={classes.table}>
        <thead><tr><th scope="col">{t('line')}</th>{names && <th scope="col">{t('who')}</th>}{columns.map(({ name, column }) => <th key={column} scope="col">{fieldName(name)}</th>)}</tr></thead>
        <tbody>
          {rows.map((row) => {
            const whole = row.problems.filter(({ column }) => column === null || fields[column] === null);
            return (
              <tr key={row.line} data-wrong={row.problems.length > 0 || undefined}>
                <th scope="row">{formats.number(row.line)}{whole.map((problem) => <div key={problem.code} className={classes.wrong}>{reason(problem)}</div>)}</th>
                {names && <td>{row.known === null ? (row.problems.length > 0 ? '' : t('unknownWho')) : <StatusBadge tone={row.known ? 'quiet' : 'live'}>{t(row.known ? 'isKnown' : 'isNew')}</StatusBadge>}</td>}
                {columns.map(({ name, column }) => {
                  const problem = row.problems.find((each) => each.column === column);
                  return (
                    <td key={column}>
                      {problem ? <Tooltip label={reason(problem)} multiline maw={320}><span className={classes.wrong} tabIndex={0}><IconAlertTriangle size={14} aria-hidden /> {row.cells[column] || '–'}<span className={classes.hidden}>{reason(problem)}</span></span></Tooltip> : shown(name, row.values[column] ?? null)}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
