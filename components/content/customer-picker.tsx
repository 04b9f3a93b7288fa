'use client';
/** Picks a customer by name, address, number or card, as someone to preview for. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { customerSearchBody, displayNameOf, type CustomerSummary } from '#components/customers/customer-types.ts';

export function CustomerPicker({ label, placeholder, nothing, value, onChange }: { label: string; placeholder: string; nothing: string; value: string | null; onChange: (id: string | null) => void }) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 200);
  const found = useQuery({
    queryKey: ['customers', 'picker', asked], queryFn: () => api.post<Page<CustomerSummary>>('/customers/search', { ...customerSearchBody(asked), limit: 8 }).catch((): Page<CustomerSummary> => ({ items: [], next: null })),
  });
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const options = (found.data?.items ?? []).map((one) => ({ value: one.id, label: displayNameOf(one) || one.id }));
  const data = chosen && !options.some((option) => option.value === chosen.value) ? [chosen, ...options] : options;
  return (
    <Select
      label={label} placeholder={placeholder} nothingFoundMessage={nothing} searchable clearable clearButtonProps={{ 'aria-label': label }} data={data} filter={({ options: all }) => all} value={value} onSearchChange={setText}
      onChange={(id) => {
        setChosen(data.find((option) => option.value === id) ?? null);
        onChange(id);
      }}
    />
  );
}
