'use client';
/** Picks a customer by name, address, number or card, as someone to preview for. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { customerSearchBody, displayNameOf, type CustomerSummary } from '#components/customers/customer-types.ts';

type Props = { label: string; placeholder: string; nothing: string; value: string | null; description?: string; error?: string | null; onChange: (id: string | null) => void };

export function CustomerPicker({ label, placeholder, nothing, value, description, error, onChange }: Props) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 200);
  const found = useQuery({
    queryKey: ['customers', 'picker', asked], queryFn: () => api.post<Page<CustomerSummary>>('/customers/search', { ...customerSearchBody(asked), limit: 8 }).catch((): Page<CustomerSummary> => ({ items: [], next: null })),
  });
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const options = (found.data?.items ?? []).map((one) => ({ value: one.id, label: displayNameOf(one) || one.id }));
  const isListed = (id: string): boolean => chosen?.value === id || options.some((option) => option.value === id);
  // Somebody who was chosen elsewhere is named too.
  const given = useQuery({ queryKey: ['customers', 'picked', value], enabled: value !== null && !isListed(value), queryFn: () => api.get<CustomerSummary>(`/customers/${value ?? ''}`) });
  const named = chosen ?? (given.data ? { value: given.data.id, label: displayNameOf(given.data) || given.data.id } : null);
  const data = named && !options.some((option) => option.value === named.value) ? [named, ...options] : options;
  return (
    <Select
      label={label} description={description} error={error} placeholder={placeholder} nothingFoundMessage={nothing} searchable clearable clearButtonProps={{ 'aria-label': label }} data={data} filter={({ options: all }) => all} value={value} onSearchChange={setText}
      onChange={(id) => {
        setChosen(data.find((option) => option.value === id) ?? null);
        onChange(id);
      }}
    />
  );
}
