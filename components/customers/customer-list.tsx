'use client';
/** Customers: found by name, e-mail, phone or card. What is typed stays out of addresses and logs. */
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileImport, IconSearch } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { api, ApiProblem, type Page } from '#components/api-client.ts';
import { customerSearchBody, displayNameOf, type CustomerSummary, type IdentifierKind } from '#components/customers/customer-types.ts';
import { useCan } from '#components/session.tsx';
import { DataTable, type Column } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

const NOTHING: Page<CustomerSummary> = { items: [], next: null };

/** An address that is no address yet finds nobody, which is no error. */
async function search(typed: string, after: string | null): Promise<Page<CustomerSummary>> {
  try {
    return await api.post<Page<CustomerSummary>>('/customers/search', { ...customerSearchBody(typed), ...(after && { after }), limit: 50 });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 422 && typed !== '') return NOTHING;
    throw error;
  }
}

const identifier = (row: CustomerSummary, kind: IdentifierKind): string => row.identifiers.find((one) => one.kind === kind)?.value ?? '';

export function CustomerList() {
  const t = useTranslations('customers');
  const imports = useTranslations('imports');
  const mayImport = useCan('imports:read');
  const formats = useFormats();
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 250);
  const columns: Column<CustomerSummary>[] = [
    { key: 'name', header: t('name'), render: (row) => displayNameOf(row) || t('unnamed'), csv: displayNameOf },
    { key: 'email', header: t('kinds.email'), render: (row) => identifier(row, 'email'), csv: (row) => identifier(row, 'email') },
    { key: 'phone', header: t('kinds.phone'), render: (row) => identifier(row, 'phone'), csv: (row) => identifier(row, 'phone'), width: 150 },
    { key: 'card', header: t('kinds.card'), render: (row) => identifier(row, 'card'), csv: (row) => identifier(row, 'card'), width: 160 },
    { key: 'purchases', header: t('purchases'), align: 'right', render: (row) => formats.number(row.figures.purchases), csv: (row) => row.figures.purchases, width: 100 },
    { key: 'spend', header: t('spend'), align: 'right', render: (row) => formats.money(row.figures.spendMinor), csv: (row) => row.figures.spendMinor, width: 120 },
    { key: 'last', header: t('lastPurchase'), render: (row) => (row.figures.lastPurchaseAt ? formats.date(row.figures.lastPurchaseAt) : t('never')), csv: (row) => row.figures.lastPurchaseAt, width: 140 },
  ];
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}>{mayImport && <Button component={Link} href="/customers/imports" variant="default" leftSection={<IconFileImport size={16} aria-hidden />}>{imports('open')}</Button>}</PageHeader>
      <DataTable
        label={t('title')} columns={columns} queryKey={['customers', 'list', asked]} fetchPage={(after) => search(asked, after)} csvName="customers"
        rowKey={(row) => row.id} rowHref={(row) => `/customers/${row.id}`}
        tools={<TextInput aria-label={t('search')} placeholder={t('search')} leftSection={<IconSearch size={16} aria-hidden />} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} w={320} maw="100%" autoComplete="off" />}
        empty={asked ? <EmptyState title={t('noneFits')}>{t('noneFitsHelp')}</EmptyState> : <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>}
      />
    </>
  );
}
