'use client';
/** Who stands at a step, failed or left there: found by name, opened, followed on the canvas, saved as CSV, taken out by hand with a reason, or tried again from here. */
import { ActionIcon, Anchor, Button, Group, Menu, Modal, SegmentedControl, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDots, IconDownload, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { useProblemSentence, useShortReason } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import { exportPeople } from './export-people.ts';
import classes from './inspector/inspector.module.css';
import { journeyApi, type Person, type WhichPeople } from './journey-api.ts';
import { liveApi } from './live-api.ts';
import { useSpeech } from './speech-context.tsx';
import { useNotify } from './use-notify.ts';

function RemoveDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { words } = useSpeech();
  const sentence = useProblemSentence();
  const notify = useNotify();
  const client = useQueryClient();
  const journeyId = useCanvas((state) => state.journeyId);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const name = person.name ?? words('people.unnamed');
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      const { removed } = await journeyApi.remove(journeyId, person.id, reason.trim());
      notify(words(removed ? 'people.removed' : 'people.gone', { name }));
      await client.invalidateQueries({ queryKey: ['designer'] });
      onClose();
    } catch (error) {
      notify(sentence(error), 'danger');
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={words('people.removeTitle', { name })}>
      <Text size="sm" mb="sm">{words('people.removeBody')}</Text>
      <Textarea label={words('people.reason')} required data-autofocus maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>{words('publish.cancel')}</Button>
        <Button color="danger" disabled={!reason.trim()} loading={busy} onClick={() => void remove()}>{words('people.removeAction')}</Button>
      </Group>
    </Modal>
  );
}

/** Tries one again, or all who failed at the step, and says what became of it. */
function useRetry(nodeId: string) {
  const t = useTranslations('liveChanges.people');
  const sentence = useProblemSentence();
  const notify = useNotify();
  const client = useQueryClient();
  const journeyId = useCanvas((state) => state.journeyId);
  return useMutation({
    mutationFn: (enrollmentId: string | null) => liveApi.retry(journeyId, enrollmentId === null ? { nodeId } : { enrollmentId }),
    onSuccess: ({ retried, failedAgain, inside }) => notify(t('retried', { count: retried, failed: failedAgain, inside }), failedAgain > 0 ? 'danger' : 'live'),
    onError: (error) => notify(sentence(error), 'danger'),
    onSettled: () => client.invalidateQueries({ queryKey: ['designer', journeyId] }),
  });
}

function PersonLine({ person, onRemove, onRetry }: { person: Person; onRemove: () => void; onRetry: () => void }) {
  const { words } = useSpeech();
  const t = useTranslations('liveChanges.people');
  const why = useShortReason();
  const mayRun = useCan('journeys:publish');
  const { dateTime } = useFormats();
  const mayRemove = useCan('journeys:write');
  const name = person.name ?? words('people.unnamed');
  const left = useTranslations('understand.people');
  const failed = person.ending === 'failed';
  const detail = failed && person.endedAt !== null ? t('failedAt', { when: dateTime(person.endedAt), why: why(person.failure ?? 'internal') })
    : person.endedAt !== null ? left('leftAt', { how: words(`ending.${person.ending ?? 'completed'}`), when: dateTime(person.endedAt) })
    : person.wakeAt ? words('people.wakes', { when: dateTime(person.wakeAt) }) : words('people.since', { when: dateTime(person.enteredAt) });
  return (
    <li className={classes.person}>
      <span>
        <Anchor component={Link} href={`/customers/${person.customerId}`} size="sm">{name}</Anchor>
        <span className={classes.personDetail}>{detail}</span>
      </span>
      <Menu>
        <Menu.Target><ActionIcon size="md" aria-label={`${words('header.more')}: ${name}`}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} href={`?customer=${person.customerId}`}>{words('people.path')}</Menu.Item>
          <Menu.Item component={Link} href={`/customers/${person.customerId}`}>{words('people.open')}</Menu.Item>
          {failed && mayRun && <Menu.Item onClick={onRetry}>{t('retry')}</Menu.Item>}
          {person.endedAt === null && mayRemove && <Menu.Item color="danger" onClick={onRemove}>{words('people.remove')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

function ExportButton({ which }: { which: WhichPeople }) {
  const t = useTranslations('understand.people');
  const sentence = useProblemSentence();
  const notify = useNotify();
  const language = useLocale();
  const store = useCanvasStore();
  const save = useMutation({
    mutationFn: () => { const { journeyId, drawing } = store.getState(); return exportPeople(journeyId, which, language, `${drawing.journey.key}-${which.nodeId ?? 'all'}`); },
    onSuccess: (count) => notify(t('exported', { count }), 'live'), onError: (error) => notify(sentence(error), 'danger'),
  });
  return <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconDownload size={14} aria-hidden />} loading={save.isPending} onClick={() => save.mutate()}>{t('export')}</Button>;
}

const WHO = ['inside', 'left', 'failed'] as const;

export function PeoplePanel({ nodeId }: { nodeId: string }) {
  const { words } = useSpeech();
  const journeyId = useCanvas((state) => state.journeyId);
  const [typed, setTyped] = useState('');
  const [find] = useDebouncedValue(typed.trim(), 250);
  const [removing, setRemoving] = useState<Person | null>(null);
  const t = useTranslations('liveChanges.people');
  const failures = useCanvas((state) => state.figures?.nodes[nodeId]?.failedHere ?? 0);
  const [asked, setWho] = useState<(typeof WHO)[number]>('inside');
  const who = failures > 0 || asked !== 'failed' ? asked : 'inside';
  const left = useTranslations('understand.people');
  const names = { inside: t('inside'), failed: t('failed', { count: failures }), left: left('left') };
  const retry = useRetry(nodeId);
  const mayRun = useCan('journeys:publish');
  const people = useInfiniteQuery({
    queryKey: ['designer', journeyId, 'people', nodeId, who, find], initialPageParam: '', refetchInterval: 10_000,
    queryFn: ({ pageParam }) => journeyApi.people(journeyId, { nodeId, who, limit: 20, ...(find ? { find } : {}), ...(pageParam ? { after: pageParam } : {}) }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const found = people.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <SegmentedControl fullWidth size="xs" mb="xs" aria-label={t('filter')} value={who} onChange={(value) => setWho(WHO.find((each) => each === value) ?? 'inside')} data={WHO.filter((each) => each !== 'failed' || failures > 0).map((each) => ({ value: each, label: names[each] }))} />
      {who === 'failed' && mayRun && <Button fullWidth variant="default" size="xs" mb="xs" loading={retry.isPending} onClick={() => retry.mutate(null)}>{t('retryAll')}</Button>}
      <TextInput size="xs" leftSection={<IconSearch size={14} aria-hidden />} aria-label={words('people.find')} placeholder={words('people.findHelp')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      {people.isError && <Text size="sm" c="danger" role="alert">{words('people.error')} <Button variant="subtle" size="compact-xs" onClick={() => void people.refetch()}>{words('page.retry')}</Button></Text>}
      {people.isSuccess && found.length === 0 && <Text size="sm" c="dimmed">{find ? words('people.nobody') : who === 'failed' ? t('none') : who === 'left' ? left('none') : words('people.empty')}</Text>}
      {found.length > 0 && <ul className={classes.people}>{found.map((person) => <PersonLine key={person.id} person={person} onRemove={() => setRemoving(person)} onRetry={() => retry.mutate(person.id)} />)}</ul>}
      {people.hasNextPage && <Button variant="subtle" size="xs" loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>{words('people.more')}</Button>}
      {found.length > 0 && <ExportButton which={{ nodeId, who, ...(typed.trim() ? { find: typed.trim() } : {}) }} />}
      {removing && <RemoveDialog person={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}
