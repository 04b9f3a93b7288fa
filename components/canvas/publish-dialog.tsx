'use client';
/** Publishing: the number of the version, what it changes for whom, or what still stands in the way. */
import { Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiProblem } from '#components/api-client.ts';
import { KindNotice } from '#components/frame/kind-mark.tsx';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import type { JourneyDetail } from './journey-api.ts';
import { liveApi } from './live-api.ts';
import { ProblemsList } from './problems-list.tsx';
import { PublishHindrances, usePublishHindrances } from './publish-hindrances.tsx';
import { FINISH_ALL, PublishPeople } from './publish-people.tsx';
import { useSpeech } from './speech-context.tsx';
import { useNotify } from './use-notify.ts';

export function PublishDialog({ journey, number, save, onClose }: { journey: JourneyDetail; number: number; save: () => Promise<boolean>; onClose: () => void }) {
  const { words } = useSpeech();
  const sentence = useProblemSentence();
  const { workspace } = useSession();
  const notify = useNotify();
  const client = useQueryClient();
  const store = useCanvasStore();
  const problems = useCanvas((state) => state.problems.length);
  const people = useCanvas((state) => state.figures?.inside ?? journey.people);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [policy, setPolicy] = useState(FINISH_ALL);
  /** Steps that wait for a choice; null while they are being counted. */
  const [missing, setMissing] = useState<number | null>(0);
  const [saved, setSaved] = useState(false);
  // What is counted is the draft as the server has it.
  useEffect(() => void save().then(setSaved), [save]);
  const hindrances = usePublishHindrances(journey.id, saved && problems === 0);
  const hindered = hindrances !== null && hindrances.length > 0;
  const ready = problems === 0 && !hindered && missing === 0 && !busy;
  const publish = async (): Promise<void> => {
    setBusy(true);
    try {
      if (!(await save())) return onClose();
      const published = await liveApi.publish(journey.id, { revision: store.getState().revision, people: policy, ...(reason.trim() && { reason: reason.trim() }) });
      notify(words(journey.status === 'paused' ? 'publish.pausedDone' : 'publish.done', { number: published.number }), 'live');
      onClose();
    } catch (error) {
      const first = error instanceof ApiProblem && error.code === 'journey.invalid' ? error.errors[0]?.message : undefined;
      notify(first ?? sentence(error), 'danger');
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: ['designer', journey.id] });
      await client.invalidateQueries({ queryKey: ['journeys'] });
    }
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={600}>{words('publish.title', { number })}</Text>} closeButtonProps={{ 'aria-label': words('publish.cancel') }} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready) void publish(); }}>
      <KindNotice kind={workspace.kind} />
      {problems > 0 ? (
        <>
          <Text size="sm" mb="xs">{words('publish.problems', { count: problems })}</Text>
          <ProblemsList onShow={onClose} />
        </>
      ) : hindered ? <PublishHindrances found={hindrances} /> : (
        <>
          <Text size="sm" mb="md">{words('publish.ready', { number })}</Text>
          {people > 0 && saved && journey.status !== 'stopped' && <PublishPeople journey={journey} number={number} people={people} policy={policy} onChange={setPolicy} onMissing={setMissing} />}
          <Textarea label={words('publish.reason')} mt="md" maxLength={500} autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        </>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>{words('publish.cancel')}</Button>
        {problems === 0 && !hindered && <Button loading={busy} disabled={missing !== 0} onClick={() => void publish()}>{words('header.publish', { number })}</Button>}
      </Group>
    </Modal>
  );
}
