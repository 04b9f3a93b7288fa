'use client';
/** What differs between two versions, or a version and this draft: as a picture with marks, and in words. */
import { Group, Modal, Select, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useCanvas } from './canvas-store.ts';
import { JourneyChange } from './journey-change.tsx';
import { journeyApi } from './journey-api.ts';
import { useSpeech } from './speech-context.tsx';
import { useMovedPeople } from './use-moved-people.ts';
import { useVersions } from './versions-panel.tsx';

export function CompareDialog({ onClose }: { onClose: () => void }) {
  const { words } = useSpeech();
  const journeyId = useCanvas((state) => state.journeyId);
  const draft = useCanvas((state) => state.drawing.journey);
  const { data: versions = [] } = useVersions();
  const moved = useMovedPeople();
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState('draft');
  const first = from ?? String(versions[0]?.number ?? 'draft');
  const answers = useQueries({ queries: [first, to].map((name) => ({ queryKey: ['designer', journeyId, 'version', Number(name)], queryFn: () => journeyApi.version(journeyId, Number(name)), enabled: name !== 'draft', staleTime: Infinity })) });
  const [before, after] = [first, to].map((name, index) => { const definition = answers[index]?.data?.definition; return name === 'draft' ? draft : definition; });
  const data = [{ value: 'draft', label: words('version.draft') }, ...versions.map(({ number }) => ({ value: String(number), label: words('foot.version', { number }) }))];
  return (
    <Modal opened onClose={onClose} size="90%" title={<Text fw={600}>{words('version.title')}</Text>} closeButtonProps={{ 'aria-label': words('overlay.close') }}>
      <Group mb="sm">
        <Select label={words('version.from')} data={data} value={first} allowDeselect={false} onChange={setFrom} />
        <Select label={words('version.to')} data={data} value={to} allowDeselect={false} onChange={(value) => setTo(value ?? 'draft')} />
      </Group>
      {answers.some(({ isError }) => isError) && <Text role="alert" size="sm" c="danger">{words('version.error')}</Text>}
      {before && after && <JourneyChange before={before} after={after}>{[...new Set([first, to])].map((name) => (name !== 'draft' && moved(Number(name)) ? <Text key={name} size="sm" mt="sm" data-moved={name}><b>{words('foot.version', { number: Number(name) })}</b> · {moved(Number(name))}</Text> : null))}</JourneyChange>}
    </Modal>
  );
}
