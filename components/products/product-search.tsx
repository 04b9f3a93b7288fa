'use client';
/** Finds a product that is sold, by a word of its name, number or category, among however many there are. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useState } from 'react';
import { useSession } from '#components/session.tsx';
import { nameOf, productApi, type Product } from './product-types.ts';

const FOUND = 20;

type Props = { label: string; placeholder: string; nothing: string; without: readonly string[]; disabled?: boolean; onChoose: (product: Product) => void };

export function ProductSearch({ label, placeholder, nothing, without, disabled = false, onChoose }: Props) {
  const language = useLocale();
  const { workspace } = useSession();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({ queryKey: ['products', 'search', search], placeholderData: keepPreviousData, queryFn: ({ signal }) => productApi.list({ search, show: 'current', limit: FOUND + without.length }, signal) });
  const products = (found.data?.items ?? []).filter(({ sku }) => !without.includes(sku)).slice(0, FOUND);
  return (
    <Select label={label} placeholder={placeholder} searchable nothingFoundMessage={nothing} value={null} disabled={disabled} searchValue={typed} onSearchChange={setTyped} filter={({ options }) => options}
      data={products.map((one) => ({ value: one.sku, label: `${nameOf(one, language, workspace.language)} · ${one.sku}` }))} style={{ flex: '1 1 200px' }}
      onChange={(sku) => { const one = products.find((each) => each.sku === sku); if (one) onChoose(one); setTyped(''); }} />
  );
}
