'use client';
/** A table over pages of the API: it loads the next page on demand, says when there is nothing, when it waits and when it failed, and saves what it shows as CSV. */
import { Button, VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { MouseEvent, ReactNode } from 'react';
import type { Page } from '#components/api-client.ts';
import { saveCsv } from '#components/ui/save-csv.ts';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import classes from '#components/ui/ui.module.css';

export type Column<T> = {
  key: string;
  header: string;
  render: (row: T) => ReactNode;
  /** What the CSV says; the column is left out of it when absent. */
  csv?: (row: T) => string | number | null;
  align?: 'right';
  width?: number;
};

type Props<T> = {
  label: string;
  columns: Column<T>[];
  queryKey: QueryKey;
  fetchPage: (after: string | null, signal: AbortSignal) => Promise<Page<T>>;
  rowKey: (row: T) => string;
  /** The address that a row opens; its first column becomes the link. */
  rowHref?: (row: T) => string;
  empty: ReactNode;
  /** Search and filters, above the table. */
  tools?: ReactNode;
  csvName?: string;
  /** Which of the rows that were read are shown. */
  shows?: (row: T) => boolean;
  refetchIntervalMs?: number;
};

export function DataTable<T>(props: Props<T>) {
  const t = useTranslations('ui');
  const { label, columns, empty, tools, csvName } = props;
  const query = useInfiniteQuery({
    queryKey: props.queryKey, initialPageParam: null as string | null, getNextPageParam: (page: Page<T>) => page.next,
    queryFn: ({ pageParam, signal }) => props.fetchPage(pageParam, signal), refetchInterval: props.refetchIntervalMs ?? false,
  });
  const rows = (query.data?.pages.flatMap(({ items }) => items) ?? []).filter(props.shows ?? (() => true));
  const save = (): void => saveCsv(`${csvName}.csv`, columns.filter(({ csv }) => csv).map(({ header }) => header), rows.map((row) => columns.flatMap(({ csv }) => (csv ? [csv(row)] : []))));
  return (
    <div>
      {(tools || csvName) && (
        <div className={classes.tools}>
          {tools}
          <span style={{ flex: 1 }} />
          {csvName && rows.length > 0 && <Button variant="subtle" color="gray" size="xs" leftSection={<IconDownload size={14} aria-hidden />} onClick={save}>{t('saveCsv')}</Button>}
        </div>
      )}
      <div className={classes.tableBox} role="region" aria-label={label} tabIndex={0}>
        {query.isPending ? <LoadingState /> : query.isError && rows.length === 0 ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : rows.length === 0 ? empty : <Rows {...props} rows={rows} />}
        {rows.length > 0 && (
          <div className={classes.footer}>
            <span>{t(query.hasNextPage ? 'rowsSoFar' : 'rows', { count: rows.length })}</span>
            {query.hasNextPage && <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button>}
          </div>
        )}
      </div>
    </div>
  );
}

function Rows<T>({ columns, rows, rowKey, rowHref }: Props<T> & { rows: T[] }) {
  const t = useTranslations('ui');
  const router = useRouter();
  const open = (event: MouseEvent<HTMLElement>, href: string): void => {
    if (event.target instanceof Element && event.target.closest('a, button, input, label')) return;
    router.push(href);
  };
  return (
    <table className={classes.table}>
      <thead><tr>{columns.map(({ key, header, align, width }) => <th key={key} scope="col" data-align={align} style={width ? { width, minWidth: width } : undefined}>{header || <VisuallyHidden>{t('rowActions')}</VisuallyHidden>}</th>)}</tr></thead>
      <tbody>
        {rows.map((row) => {
          const href = rowHref?.(row);
          return (
            <tr key={rowKey(row)} data-opens={href ? true : undefined} onClick={href ? (event) => open(event, href) : undefined}>
              {columns.map(({ key, render, align }, index) => (
                <td key={key} data-align={align}>{index === 0 && href ? <Link href={href} className={classes.rowLink}>{render(row)}</Link> : render(row)}</td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
