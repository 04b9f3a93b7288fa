'use client';
/** A proof list as it is typed: a name, and a person a line. */
import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { MOST_RECIPIENTS, readRecipients, writeRecipients } from '#domain/messages/proof-list.ts';
import { api, ApiProblem } from '#components/api-client.ts';
import type { ProofList } from '#components/proofs/proof-types.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';

export function ProofListForm({ list, onDone }: { list: ProofList | null; onDone: (saved: ProofList | null) => void }) {
  const t = useTranslations('proofs');
  const ui = useTranslations('ui');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [name, setName] = useState(list?.name ?? '');
  const [typed, setTyped] = useState(writeRecipients(list?.recipients ?? []));
  const { recipients, wrong } = readRecipients(typed);
  const ready = name.trim() !== '' && wrong.length === 0 && recipients.length > 0 && recipients.length <= MOST_RECIPIENTS;
  const save = useMutation({
    mutationFn: () => (list ? api.put<ProofList>(`/proof-lists/${list.id}`, { name: name.trim(), recipients }) : api.post<ProofList>('/proof-lists', { name: name.trim(), recipients })),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['proof-lists'] });
      onDone(saved);
    },
  });
  const remove = useMutation({
    mutationFn: () => api.delete(`/proof-lists/${list?.id ?? ''}`),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['proof-lists'] });
      onDone(null);
    },
  });
  const failed = save.error ?? remove.error;
  const nameTaken = save.error instanceof ApiProblem && save.error.code === 'proofList.nameTaken';
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <TextInput label={t('listName')} maxLength={120} value={name} error={nameTaken ? sentence(save.error) : null} onChange={(event) => setName(event.currentTarget.value)} />
      <Textarea label={t('people')} description={t('peopleHelp', { most: MOST_RECIPIENTS })} autosize minRows={4} maxRows={10} value={typed} error={wrong.length > 0 ? t('wrong', { lines: wrong.join(', ') }) : recipients.length > MOST_RECIPIENTS ? t('tooMany', { most: MOST_RECIPIENTS }) : null} onChange={(event) => setTyped(event.currentTarget.value)} />
      {failed && !nameTaken && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(failed)}</p>}
      <Group justify="space-between">
        {list ? <Button variant="subtle" color="danger" loading={remove.isPending} onClick={() => remove.mutate()}>{t('removeList')}</Button> : <span />}
        <Group gap={8}><Button variant="default" onClick={() => onDone(list)}>{ui('cancel')}</Button><Button loading={save.isPending} disabled={!ready} onClick={() => save.mutate()}>{t('saveList')}</Button></Group>
      </Group>
    </div>
  );
}
