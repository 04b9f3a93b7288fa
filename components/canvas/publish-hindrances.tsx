'use client';
/** What the server alone knows to stand in the way of publishing: nobody speaks on a channel yet, a domain is not verified. */
import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { Problem } from '#domain/shared/result.ts';
import { useReasonSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { liveApi } from './live-api.ts';
import { useSpeech } from './speech-context.tsx';

/** Its codes begin so; the others the browser finds by itself. */
const SERVERS = 'sender.';

/** One of each kind; null while they are being asked for. `asks` once the draft that is meant is the server's. */
export function usePublishHindrances(journeyId: string, asks: boolean): Problem[] | null {
  const { data, isError } = useQuery({ queryKey: ['designer', journeyId, 'hindrances'], queryFn: () => liveApi.validate(journeyId), enabled: asks, staleTime: 0, gcTime: 0 });
  // Publishing asks again, so an answer that did not come keeps nobody.
  if (isError) return [];
  const found = data?.problems.filter(({ code }) => code.startsWith(SERVERS));
  return found ? found.filter(({ code }, index) => found.findIndex((other) => other.code === code) === index) : null;
}

export function PublishHindrances({ found }: { found: Problem[] }) {
  const { words } = useSpeech();
  const sentence = useReasonSentence();
  const maySet = useCan('settings:read');
  return (
    <>
      <Text size="sm" mb="xs">{words('publish.problems', { count: found.length })}</Text>
      <List size="sm" mb="md">{found.map(({ code }) => <List.Item key={code}>{sentence({ code })}</List.Item>)}</List>
      {maySet && <Text size="sm"><Link href="/settings/senders">{words('publish.toSenders')}</Link></Text>}
    </>
  );
}
