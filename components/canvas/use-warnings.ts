'use client';
/** Looks for what deserves a second look, a moment after each edit, so that typing never waits for it. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { placeOfProblem } from '#domain/journeys/place-of-problem.ts';
import { warnJourney, type Warning } from '#domain/journeys/warn.ts';
import { api } from '#components/api-client.ts';
import { useSession } from '#components/session.tsx';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import { useAudience } from './inspector/audience-count.tsx';
import { journeyApi } from './journey-api.ts';
import { useNamedCatalogue } from './speech-context.tsx';

const PAUSE_MS = 400;

export function useWarnings(): void {
  const store = useCanvasStore();
  const { workspace } = useSession();
  const { offers, categories, templates } = useNamedCatalogue();
  const journey = useCanvas((state) => state.drawing.journey);
  const { data: everyone } = useQuery({ queryKey: ['designer', 'reach'], queryFn: journeyApi.reach, staleTime: 60_000 });
  // Who enters is the journey's audience, where that can be told without an event.
  const { data: audience } = useAudience(journey.entry.audience);
  const reach = journey.entry.audience && audience ? audience : everyone;
  // A sandbox warns of its own spring day; where the clock can't be read, of the real one.
  const { data: clock } = useQuery({ queryKey: ['clock'], queryFn: ({ signal }) => api.get<{ now: string }>('/clock', {}, signal), enabled: workspace.kind === 'sandbox' });
  const now = clock?.now;
  const known = useMemo(() => ({
    zone: workspace.timeZone, offers: new Map(offers.map(({ key, validity }) => [key, validity])), transactional: new Set(categories.filter(({ transactional }) => transactional).map(({ key }) => key)), ...(reach && { reach }),
    ...(everyone && { texts: { templates: new Map(templates.map(({ key, languages }) => [key, languages])), readers: everyone.languages, language: workspace.language } }),
  }), [workspace.timeZone, workspace.language, offers, categories, templates, reach, everyone]);
  useEffect(() => {
    const timer = setTimeout(() => {
      const warningsOf: Record<string, Warning[]> = {};
      for (const warning of warnJourney(journey, { at: now === undefined ? Date.now() : Date.parse(now), ...known })) (warningsOf[placeOfProblem(journey, warning)] ??= []).push(warning);
      if (JSON.stringify(warningsOf) !== JSON.stringify(store.getState().warningsOf)) store.getState().set({ warningsOf });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [journey, known, now, store]);
}
