'use client';
/** What people say about a step: comments with mentions, resolved or open again. */
import { Button, Checkbox, Group, MultiSelect, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useFormats } from '#components/use-formats.ts';
import { useCan } from '#components/session.tsx';
import { useCanvas } from '#components/canvas/canvas-store.ts';
import { useComments, type Comment } from '#components/canvas/use-comments.ts';
import classes from './inspector.module.css';

export function CommentsOfNode({ id }: { id: string }) {
  const t = useTranslations('journeys.comments');
  const sentence = useProblemSentence();
  const { dateTime } = useFormats();
  const journeyId = useCanvas((state) => state.journeyId);
  const mayWrite = useCan('journeys:write');
  const client = useQueryClient();
  const { data } = useComments();
  const [text, setText] = useState('');
  const [mentions, setMentions] = useState<string[]>([]);
  const [all, setAll] = useState(false);
  const again = () => client.invalidateQueries({ queryKey: ['designer', journeyId, 'comments'] });
  const add = useMutation({ mutationFn: () => api.post(`/journeys/${journeyId}/comments`, { nodeId: id, text: text.trim(), mentions }), onSuccess: () => { setText(''); setMentions([]); return again(); } });
  const resolve = useMutation({ mutationFn: ({ id: commentId, resolvedAt }: Comment) => api.post(`/comments/${commentId}/resolve`, { resolved: resolvedAt === null }), onSuccess: again });
  if (!data) return null;
  const mine = data.items.filter(({ nodeId }) => nodeId === id);
  const shown = mine.filter(({ resolvedAt }) => all || resolvedAt === null);
  const named = (userId: string): string => data.people.find((person) => person.userId === userId)?.name ?? '';
  return (
    <div data-comments={shown.length}>
      {shown.map((comment) => (
        <div key={comment.id} className={classes.part}>
          <div className={classes.partFields}>
            <Text size="xs" c="dimmed">{comment.author} · {dateTime(comment.createdAt)}</Text>
            <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{comment.mentions.map((userId) => <b key={userId}>@{named(userId)} </b>)}{comment.text}</Text>
            {comment.resolvedBy && <Text size="xs" c="dimmed">{t('resolvedBy', { name: comment.resolvedBy })}</Text>}
            {mayWrite && <Button variant="subtle" size="compact-xs" style={{ alignSelf: 'flex-start' }} ml={-6} loading={resolve.isPending && resolve.variables.id === comment.id} onClick={() => resolve.mutate(comment)}>{t(comment.resolvedAt ? 'reopen' : 'resolve')}</Button>}
          </div>
        </div>
      ))}
      {mine.length > shown.length || all ? <Checkbox size="xs" mt={4} label={t('showResolved')} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} /> : null}
      {mayWrite && (
        <>
          <Textarea size="xs" mt={8} label={t('write')} maxLength={2_000} autosize minRows={2} value={text} onChange={(event) => setText(event.currentTarget.value)} error={add.isError ? sentence(add.error) : null} />
          {data.people.length > 0 && <MultiSelect size="xs" mt={4} label={t('mention')} data={data.people.map(({ userId, name }) => ({ value: userId, label: name }))} value={mentions} onChange={setMentions} comboboxProps={{ withinPortal: true }} />}
          <Group mt={8}><Button size="compact-sm" variant="default" disabled={text.trim() === ''} loading={add.isPending} onClick={() => add.mutate()}>{t('add')}</Button></Group>
        </>
      )}
    </div>
  );
}
