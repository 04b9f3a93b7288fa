'use client';
/** Chooses the journey that the customer is taken into. */
import { useQuery } from '@tanstack/react-query';
import type { JoinJourneySettings } from '#domain/journeys/nodes/join-journey.ts';
import { api } from '#components/api-client.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import type { FormProps } from './form-props.ts';
import { KeyField } from './key-field.tsx';

type Listed = { items: { key: string; name: string }[] };

export function JoinJourneyForm({ settings, onChange }: FormProps<JoinJourneySettings>) {
  const { words } = useSpeech();
  const { data } = useQuery({ queryKey: ['designer', 'journeys'], queryFn: () => api.get<Listed>('/journeys', { limit: 200 }), staleTime: 60_000 });
  return <KeyField label={words('form.joinJourney')} empty={words('form.noJourneys')} options={data?.items ?? []} value={settings.journeyKey} onChange={(journeyKey) => onChange({ journeyKey })} />;
}
