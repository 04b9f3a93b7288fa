'use client';
/** The name of a journey, which leads to it for whoever may open it: those who act for some stores open the journeys of these alone. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { useCan, useSession } from '#components/session.tsx';

const MOST = 200;

/** `query`: what is added to the address. */
export function JourneyLink({ journeyId, query = '', title, children }: { journeyId: string; query?: string; title?: string; children: ReactNode }) {
  const isLimited = useSession().stores !== null;
  const reads = useCan('journeys:read');
  const own = useQuery({ queryKey: ['journeys', 'own'], enabled: isLimited && reads, staleTime: 60_000, queryFn: ({ signal }) => api.get<Page<{ id: string }>>('/journeys', { limit: MOST }, signal) });
  const opens = reads && (!isLimited || (own.data?.items.some(({ id }) => id === journeyId) ?? false));
  return opens ? <Anchor component={Link} href={`/journeys/${journeyId}${query}`} size="sm" {...(title !== undefined && { title })}>{children}</Anchor> : <>{children}</>;
}
