'use client';
/** Sends an event by hand, the way a till or a website would, and shows the same request for a shell. */
import { Alert, Button, CopyButton, Group, Select, Textarea } from '@mantine/core';
import { IconCopy, IconSend } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { api, ApiProblem } from '#components/api-client.ts';
import { EventAnswerView } from '#components/events/event-answer.tsx';
import { curlOf, eventLike, type EventAnswer, type EventTypeLine } from '#components/events/event-types.ts';
import { latestTypes } from '#components/events/event-types-table.tsx';
import classes from '#components/events/events.module.css';
import { ProblemLine } from '#components/events/quarantined-events.tsx';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function Form({ types }: { types: EventTypeLine[] }) {
  const t = useTranslations('events');
  const ui = useTranslations('ui');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const { workspace } = useSession();
  const known = types.length > 0 ? types.map(({ type }) => type) : ['purchase'];
  const asked = useSearchParams().get('type');
  const [type, setType] = useState(known.find((one) => one === asked) ?? known.find((one) => one === 'purchase') ?? known[0] ?? 'purchase');
  const like = (wanted: string): string => eventLike(wanted, types.find((one) => one.type === wanted)?.last ?? null);
  const [body, setBody] = useState(() => like(type));
  const sending = useMutation({
    mutationFn: () => api.post<{ events: EventAnswer[] }>('/events', JSON.parse(body)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['event-types'] }),
  });
  const choose = (wanted: string | null): void => {
    if (wanted === null) return;
    setType(wanted);
    setBody(like(wanted));
    sending.reset();
  };
  const valid = isJson(body);
  const curl = curlOf(window.location.origin, body);
  const [answer] = sending.data?.events ?? [];
  return (
    <div className={classes.columns}>
      <div>
        {workspace.kind === 'live' && <Alert color="warning" mb="sm">{t('liveWarning')}</Alert>}
        <Select label={t('like')} data={known} value={type} onChange={choose} allowDeselect={false} searchable mb="sm" maw={320} />
        <Textarea label={t('body')} description={t('bodyHelp')} value={body} onChange={(event) => setBody(event.currentTarget.value)} autosize minRows={12} maxRows={28} classNames={{ input: classes.json ?? '' }} spellCheck={false} error={valid ? null : t('notJson')} mb="sm" />
        <Group>
          <Button leftSection={<IconSend size={16} aria-hidden />} disabled={!valid} loading={sending.isPending} onClick={() => sending.mutate()}>{t('send')}</Button>
          <Button variant="default" onClick={() => choose(type)}>{t('another')}</Button>
        </Group>
        <div aria-live="polite">
          {answer && <EventAnswerView answer={answer} />}
          {sending.isError && (
            <Alert color="danger" mt="md" title={t('refused')}>
              {sending.error instanceof ApiProblem && sending.error.errors.length > 0 ? sending.error.errors.map((problem, index) => <ProblemLine key={index} problem={problem} />) : sentence(sending.error)}
            </Alert>
          )}
        </div>
      </div>
      <div>
        <Group justify="space-between" mb={4}>
          <h2 className={classes.heading}>{t('curl')}</h2>
          <CopyButton value={curl}>{({ copied, copy }) => <Button variant="subtle" color="gray" size="xs" leftSection={<IconCopy size={14} aria-hidden />} onClick={copy}>{ui(copied ? 'copied' : 'copy')}</Button>}</CopyButton>
        </Group>
        <pre className={classes.code} tabIndex={0}>{curl}</pre>
      </div>
    </div>
  );
}

export function TestEvent() {
  const types = useQuery({ queryKey: ['event-types', 'samples'], queryFn: ({ signal }) => latestTypes(signal), staleTime: Infinity });
  if (types.isPending) return <LoadingState />;
  if (types.isError) return <ErrorState error={types.error} onRetry={() => void types.refetch()} />;
  return <Form types={types.data.items} />;
}
