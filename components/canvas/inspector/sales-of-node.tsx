'use client';
/** What the messages of one step brought: sales attributed to it, with the latest of them and the definition (§12.9). */
import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '#components/api-client.ts';
import { useCan } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas } from '#components/canvas/canvas-store.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import classes from './inspector.module.css';

type Attributed = {
  windows: { emailDays: number; smsDays: number };
  nodes: { nodeId: string; sales: number; amountMinor: number; latest: { customerId: string; occurredAt: string; amountMinor: number }[] }[];
};

export function SalesOfNode({ id }: { id: string }) {
  const { words } = useSpeech();
  const { number, money, dateTime } = useFormats();
  const journeyId = useCanvas((state) => state.journeyId);
  const sees = useCan('customers:read');
  const { data } = useQuery({ queryKey: ['designer', journeyId, 'attributed'], queryFn: ({ signal }) => api.get<Attributed>(`/journeys/${journeyId}/attributed-sales`, {}, signal), enabled: sees, staleTime: 30_000 });
  if (!data) return null;
  const mine = data.nodes.find(({ nodeId }) => nodeId === id);
  return (
    <>
      <dl className={classes.figures}><div><dt>{words('live.attributed')}</dt><dd>{mine ? `${number(mine.sales)} · ${money(mine.amountMinor)}` : number(0)}</dd></div></dl>
      {mine?.latest.map(({ customerId, occurredAt, amountMinor }) => (
        <Text key={`${customerId}${occurredAt}`} size="xs"><Anchor size="xs" href={`/customers/${customerId}`} target="_blank" rel="noreferrer">{dateTime(occurredAt)}</Anchor> · {money(amountMinor)}</Text>
      ))}
      <Text size="xs" c="dimmed" mt={4}>{words('live.attributedHelp', data.windows)}</Text>
    </>
  );
}
