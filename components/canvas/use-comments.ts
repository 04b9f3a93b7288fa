'use client';
/** The comments on the steps of the open journey; how many are open at each stands on its card. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '#components/api-client.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';

export type Comment = { id: string; journeyId: string; journeyName: string; nodeId: string; author: string; text: string; mentions: string[]; createdAt: string; resolvedAt: string | null; resolvedBy: string | null };
type Comments = { items: Comment[]; people: { userId: string; name: string }[] };

const LOOK_AGAIN_MS = 15_000;

export const useComments = () => {
  const journeyId = useCanvas((state) => state.journeyId);
  return useQuery({ queryKey: ['designer', journeyId, 'comments'], queryFn: ({ signal }) => api.get<Comments>(`/journeys/${journeyId}/comments`, {}, signal), refetchInterval: LOOK_AGAIN_MS, retry: false });
};

/** Counts the open ones for the cards. */
export function useOpenComments(): void {
  const store = useCanvasStore();
  const { data } = useComments();
  useEffect(() => {
    const commentsOf: Record<string, number> = {};
    for (const { nodeId, resolvedAt } of data?.items ?? []) if (resolvedAt === null) commentsOf[nodeId] = (commentsOf[nodeId] ?? 0) + 1;
    if (JSON.stringify(commentsOf) !== JSON.stringify(store.getState().commentsOf)) store.getState().set({ commentsOf });
  }, [data, store]);
}
