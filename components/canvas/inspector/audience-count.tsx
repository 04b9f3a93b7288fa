'use client';
/** How many customers a condition holds for, as it is typed, with three of them. */
import { Anchor, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Condition } from '#domain/audiences/condition.ts';
import { api } from '#components/api-client.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import type { Channel } from '#domain/customers/channels.ts';

const PAUSE_MS = 300;

export type Audience = {
  customers: number; inAll: number; isEstimate: boolean; examples: { id: string; name: string | null }[];
} & Record<Channel, { withAddress: number; agreed: number }>;

/** Null where the condition reads the event in hand; a condition that is not whole yet has no answer. */
export const useAudience = (condition: Condition | undefined) => {
  const [settled] = useDebouncedValue(condition, PAUSE_MS);
  return useQuery({
    queryKey: ['audience', settled], enabled: settled !== undefined, placeholderData: keepPreviousData, retry: false, staleTime: 30_000,
    queryFn: async () => (await api.post<{ audience: Audience | null }>('/audiences/count', { condition: settled })).audience,
  });
};

export function AudienceCount({ condition }: { condition: Condition }) {
  const { words } = useSpeech();
  const { data, isError, isFetching } = useAudience(condition);
  if (isError || !data) return null;
  const { customers, inAll, isEstimate, examples } = data;
  return (
    <Text size="xs" mt={4} aria-live="polite" data-audience={customers} c={isFetching ? 'dimmed' : undefined}>
      {words(isEstimate ? 'condition.countAbout' : 'condition.count', { count: customers, all: inAll })}
      {examples.map(({ id, name }, index) => (
        <span key={id}>{index === 0 ? ' ' : ', '}<Anchor size="xs" underline="always" href={`/customers/${id}`} target="_blank" rel="noreferrer">{name ?? words('condition.unnamed')}</Anchor></span>
      ))}
    </Text>
  );
}
