'use client';
/** The catalogue: every product with its price and stock, found by a word, added and changed by hand. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconFileImport, IconPlus, IconSearch } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { useCan, useSession } from '#components/session.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';
import { ProductForm } from './product-form.tsx';
import { ProductPicture } from './product-picture.tsx';
import { nameOf, productApi, SHOWS, stateOf, type Product, type Show } from './product-types.ts';

const TONES = { available: 'live', out: 'warning', archived: 'quiet' } as const;

export function ProductsPage() {
  const t = useTranslations('products');
  const language = useLocale();
  const { workspace } = useSession();
  const formats = useFormats();
  const canContent = useCan('content:write');
  const mayWrite = useCan('settings:write') || canContent;
  const mayImport = useCan('imports:write');
  const [edited, setEdited] = useState<Product | 'new' | null>(null);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const [show, setShow] = useState<Show>('current');
  const [category, setCategory] = useState('');
  const categories = useQuery({ queryKey: ['products', 'categories'], queryFn: ({ signal }) => productApi.categories(signal) });
  const name = (product: Product): string => nameOf(product, language, workspace.language);
  const add = mayWrite ? <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>{t('new')}</Button> : null;
  const isAll = search === '' && category === '' && show === 'current';
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}>
        {mayImport && <Button component={Link} href="/customers/imports" variant="default" leftSection={<IconFileImport size={16} aria-hidden />}>{t('import')}</Button>}
        {add}
      </PageHeader>
      <DataTable<Product>
        label={t('title')} csvName="products" queryKey={['products', 'list', search, show, category]} rowKey={({ sku }) => sku} fetchPage={(after, signal) => productApi.list({ search, show, category, after }, signal)}
        tools={
          <>
            <TextInput aria-label={t('search')} placeholder={t('searchHelp')} leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} style={{ flex: '1 1 220px', maxWidth: 340 }} />
            <NativeSelect aria-label={t('show')} value={show} data={SHOWS.map((one) => ({ value: one, label: t(`shows.${one}`) }))} onChange={({ currentTarget }) => setShow(SHOWS.find((one) => one === currentTarget.value) ?? 'current')} />
            {(categories.data?.items.length ?? 0) > 0 && <NativeSelect aria-label={t('category')} value={category} data={[{ value: '', label: t('everyCategory') }, ...(categories.data?.items ?? []).map((one) => one.category)]} onChange={({ currentTarget }) => setCategory(currentTarget.value)} />}
          </>
        }
        empty={isAll ? <EmptyState title={t('empty')} action={add}>{t('emptyHelp')}</EmptyState> : <EmptyState title={t('nothing')}>{t('nothingHelp')}</EmptyState>}
        columns={[
          {
            key: 'name', header: t('name'), csv: name,
            render: (product) => <span style={{ display: 'flex', alignItems: 'center', gap: 10, minWidth: 160 }}><ProductPicture source={product.picture} />{mayWrite ? <Button variant="transparent" size="compact-sm" px={0} styles={{ label: { whiteSpace: 'normal', textAlign: 'left', lineHeight: 1.4 }, root: { height: 'auto' } }} onClick={() => setEdited(product)}>{name(product)}</Button> : name(product)}</span>,
          },
          { key: 'sku', header: t('sku'), render: ({ sku }) => <span className="code">{sku}</span>, csv: ({ sku }) => sku },
          { key: 'state', header: t('state'), render: (product) => <StatusBadge tone={TONES[stateOf(product)]}>{t(`states.${stateOf(product)}`)}</StatusBadge>, csv: stateOf },
          { key: 'price', header: t('price'), align: 'right', render: ({ priceMinor }) => formats.money(priceMinor), csv: ({ priceMinor }) => priceMinor },
          { key: 'stock', header: t('stock'), align: 'right', render: ({ stock }) => (stock === null ? <span className="quiet">{t('uncounted')}</span> : formats.number(stock)), csv: ({ stock }) => stock },
          { key: 'categories', header: t('categories'), render: ({ categories: its }) => its.join(', '), csv: ({ categories: its }) => its.join(', ') },
        ]}
      />
      {edited && <ProductForm key={edited === 'new' ? 'new' : edited.sku} product={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}
