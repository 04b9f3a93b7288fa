'use client';
/** The values that a field has had so far and that begin with what is typed, with how often. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '#components/api-client.ts';
import { useCan } from '#components/session.tsx';

const PAUSE_MS = 200;
type Seen = { value: string | number | boolean; count: number };

export function useSeenValues(field: string, event: string | undefined, typed: string, wanted: boolean): Seen[] {
  const sees = useCan('customers:read');
  const [find] = useDebouncedValue(typed, PAUSE_MS);
  const { data } = useQuery({
    queryKey: ['seen', field, event, find], enabled: wanted && sees && !field.endsWith('.'), staleTime: 60_000, retry: false, placeholderData: keepPreviousData,
    queryFn: async () => (await api.post<{ items: Seen[] }>('/audiences/values', { field, find, ...(event && { event }) })).items,
  });
  return data ?? [];
}
