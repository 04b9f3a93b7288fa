'use client';
/** The edges of a step in words, with how many have met them so far. */
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useCanvas } from './canvas-store.ts';
import { edgeCases, type EdgeCase } from './edge-cases.ts';
import { useSpeech } from './speech-context.tsx';

export type CountedEdge = EdgeCase & { name: string; count: number };

export function useEdgeCases(id: string | null): CountedEdge[] {
  const t = useTranslations('understand.edges');
  const speech = useSpeech();
  const nodes = useCanvas((state) => state.nodes);
  const figures = useCanvas((state) => (id === null ? undefined : state.figures?.nodes[id]));
  return useMemo(() => {
    const node = id === null ? undefined : nodes[id];
    if (!node) return [];
    const counts: Partial<Record<EdgeCase['edge'], number>> = figures ? { capped: figures.capped, failed: figures.failedHere } : {};
    // The key is one of the fixed parts of `understand.edges`.
    return edgeCases(node, nodes, speech, (key, values) => t(key as Parameters<typeof t>[0], values)).map((one) => ({ ...one, name: t(`name.${one.edge}`), count: counts[one.edge] ?? 0 }));
  }, [id, nodes, figures, speech, t]);
}
