'use client';
/** The relatives or the contracts of a customer: each line is changed in a form and taken off at once, with an undo where it stood. */
import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type ComponentType } from 'react';
import { api } from '#components/api-client.ts';
import classes from '#components/customers/customers.module.css';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';

type Row = { id: string };
export type RowFormProps<R extends Row> = { row: R | null; busy: boolean; problem: unknown; onSave: (fields: Record<string, unknown>) => void; onClose: () => void };

/** What the API takes: what is not known is not named. */
const fieldsOf = (row: Row): Record<string, unknown> => Object.fromEntries(Object.entries(row).filter(([name, value]) => name !== 'id' && value !== null && value !== ''));

function useRows<R extends Row>(customerId: string, noun: 'relatives' | 'contracts') {
  const queries = useQueryClient();
  const path = `/customers/${customerId}/${noun}`;
  const onSettled = () => queries.invalidateQueries({ queryKey: ['customers', customerId] });
  const save = useMutation({ mutationFn: ({ id, fields }: { id: string | null; fields: Record<string, unknown> }) => (id ? api.put<R>(`${path}/${id}`, fields) : api.post<R>(path, fields)), onSettled });
  const remove = useMutation({ mutationFn: (row: R) => api.delete<unknown>(`${path}/${row.id}`), onSettled });
  return { save, remove };
}

export function RowsPanel<R extends Row>({ customerId, noun, rows, lineOf, Form }: { customerId: string; noun: 'relatives' | 'contracts'; rows: R[]; lineOf: (row: R) => { name: string; detail: string }; Form: ComponentType<RowFormProps<R>> }) {
  const t = useTranslations('customers.rows');
  const sentence = useProblemSentence();
  const mayChange = useCan('customers:write');
  const { save, remove } = useRows<R>(customerId, noun);
  const [open, setOpen] = useState<{ row: R | null } | null>(null);
  const [gone, setGone] = useState<R | null>(null);
  const edit = (row: R | null): void => { save.reset(); remove.reset(); setGone(null); setOpen({ row }); };
  const problem = open === null ? (remove.error ?? save.error) : null;
  return (
    <section className={classes.panel} aria-label={t(`${noun}.title`)}>
      <div className={classes.head}>
        <h2>{t(`${noun}.title`)}</h2>
        {mayChange && <ActionIcon variant="subtle" aria-label={t(`${noun}.add`)} title={t(`${noun}.add`)} onClick={() => edit(null)}><IconPlus size={16} aria-hidden /></ActionIcon>}
      </div>
      {rows.length === 0 && !gone && <p className={classes.small}>{t(`${noun}.none`)}</p>}
      <ul className={classes.rows}>
        {rows.filter(({ id }) => id !== gone?.id).map((row) => {
          const { name, detail } = lineOf(row);
          return (
            <li key={row.id}>
              <div><div>{name}</div>{detail && <div className={classes.small}>{detail}</div>}</div>
              {mayChange && <ActionIcon variant="subtle" aria-label={t('edit', { name })} onClick={() => edit(row)}><IconPencil size={16} aria-hidden /></ActionIcon>}
              {mayChange && <ActionIcon variant="subtle" aria-label={t('remove', { name })} onClick={() => remove.mutate(row, { onSuccess: () => setGone(row) })}><IconX size={16} aria-hidden /></ActionIcon>}
            </li>
          );
        })}
      </ul>
      {gone && (
        <div role="status" className={classes.undo}>
          <span>{t('removed', { name: lineOf(gone).name })}</span>
          <Button autoFocus variant="default" size="compact-xs" loading={save.isPending} onClick={() => save.mutate({ id: gone.id, fields: fieldsOf(gone) }, { onSuccess: () => setGone(null) })}>{t('undo')}</Button>
        </div>
      )}
      {problem !== null && <p role="alert" style={{ color: 'var(--danger)', margin: '8px 0 0' }}>{sentence(problem)}</p>}
      {open && <Form row={open.row} busy={save.isPending} problem={save.error} onClose={() => setOpen(null)} onSave={(fields) => save.mutate({ id: open.row?.id ?? null, fields }, { onSuccess: () => setOpen(null) })} />}
    </section>
  );
}
