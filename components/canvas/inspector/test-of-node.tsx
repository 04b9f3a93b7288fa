'use client';
/** How the test of a split stands: each branch's people and how many of them reached the goal, drawn; who won, how sure that is; and the choice by hand. */
import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { BarList } from '#components/ui/bar-list.tsx';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas } from '#components/canvas/canvas-store.ts';
import { useNotify } from '#components/canvas/use-notify.ts';

type TestOut = {
  nodeId: string; state: 'running' | 'decided' | 'level' | 'chosen'; winner: string | null; branches: { branch: string; people: number; converted: number }[]; sureness: number | null; decidesAt: string | null; decidedAt: string | null;
};

const PERCENT = 100;
/** From here on the difference is called clear. */
const CLEAR = 0.95;

/** What is known, in one sentence, and no more than the numbers say. */
function useSaid(): (test: TestOut) => string {
  const t = useTranslations('understand.test');
  const { dateTime, number } = useFormats();
  return ({ state, winner, decidesAt, decidedAt, sureness }) => {
    const sure = sureness === null ? t('tooFew') : t(sureness >= CLEAR ? 'clear' : 'notClear', { percent: number(Math.floor(sureness * PERCENT)) });
    if (state === 'running') return `${decidesAt ? t('decidesAt', { at: dateTime(decidesAt) }) : t('running')} ${sure}`;
    if (state === 'level') return t('level', { at: decidedAt ? dateTime(decidedAt) : '' });
    return `${t(state === 'chosen' ? 'chosen' : 'won', { branch: winner ?? '', at: decidedAt ? dateTime(decidedAt) : '' })} ${sure}`;
  };
}

export function TestOfNode({ id }: { id: string }) {
  const t = useTranslations('understand.test');
  const { number } = useFormats();
  const said = useSaid();
  const sentence = useProblemSentence();
  const notify = useNotify();
  const client = useQueryClient();
  const mayChoose = useCan('journeys:publish');
  const journeyId = useCanvas((state) => state.journeyId);
  const key = ['designer', journeyId, 'splitTests'];
  const { data } = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<{ items: TestOut[] }>(`/journeys/${journeyId}/split-tests`, {}, signal), refetchInterval: 15_000 });
  const choose = useMutation({
    mutationFn: (branch: string | null) => api.post(`/journeys/${journeyId}/split-tests/${id}/choose`, { branch }),
    onError: (error) => notify(sentence(error), 'danger'),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
  const test = data?.items.find(({ nodeId }) => nodeId === id);
  if (!test) return null;
  const share = (value: number): string => `${number(Math.round(value * 1_000) / 10)} %`;
  return (
    <>
      <BarList label={t('share')} names={['']} nothing={t('nobodyYet')} format={share}
        lines={test.branches.map(({ branch, people, converted }) => ({ label: t('branch', { branch, converted: number(converted), people: number(people), wins: branch === test.winner ? 'yes' : 'no' }), values: [people === 0 ? 0 : converted / people] }))} />
      <Text size="sm" mt={8} role="status">{said(test)}</Text>
      {mayChoose && (
        <Group gap={6} mt={8}>
          {test.branches.filter(({ branch }) => branch !== test.winner).map(({ branch }) => <Button key={branch} size="compact-xs" variant="default" loading={choose.isPending && choose.variables === branch} onClick={() => choose.mutate(branch)}>{t('choose', { branch })}</Button>)}
          {test.state === 'chosen' && <Button size="compact-xs" variant="default" loading={choose.isPending && choose.variables === null} onClick={() => choose.mutate(null)}>{t('back')}</Button>}
        </Group>
      )}
    </>
  );
}
