'use client';
/** What became of the people inside when a version was published: how many moved to it, waited longer or shorter, left. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useCanvas } from './canvas-store.ts';
import { liveApi } from './live-api.ts';
import { MOVE_OUTCOMES } from './live-notices.tsx';

/** A sentence by the version's number; null where nobody was moved. */
export function useMovedPeople(): (version: number) => string | null {
  const t = useTranslations('liveChanges');
  const own = useTranslations('understand.versions');
  const journeyId = useCanvas((state) => state.journeyId);
  const published = useCanvas((state) => state.figures?.versions.length ?? 0);
  const { data } = useQuery({ queryKey: ['designer', journeyId, 'allMoves', published], queryFn: async () => (await liveApi.moves(journeyId, 50)).items });
  return (version) => {
    const moves = (data ?? []).filter((move) => move.version === version && move.undoes === null);
    const count = (name: string): number => moves.reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0);
    const what = MOVE_OUTCOMES.filter((name) => count(name) > 0).map((name) => t(`outcome.${name}`, { count: count(name) })).join(', ');
    return what ? own(moves.some(({ undoneBy }) => undoneBy !== null) ? 'movedBack' : 'moved', { what }) : null;
  };
}
