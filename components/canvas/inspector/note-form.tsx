'use client';
/** Edits a note: its text and how wide it is. */
import { SegmentedControl, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CanvasNote } from '#domain/journeys/definition.ts';
import type { Operation } from '#domain/journeys/operations/operation.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';

const WIDTHS = { narrow: 180, usual: 240, wide: 420 } as const;

export function NoteForm({ note, act }: { note: CanvasNote; act: (operation: Operation, options?: { merge?: boolean }) => void }) {
  const { words } = useSpeech();
  const [typed, setTyped] = useState(note.text);
  useEffect(() => setTyped(note.text), [note.text]);
  const width = Object.entries(WIDTHS).find(([, pixels]) => pixels >= note.width)?.[0] ?? 'wide';
  return (
    <>
      <Textarea label={words('note.text')} autosize minRows={4} maxRows={16} maxLength={2_000} value={typed}
        onChange={({ currentTarget: { value } }) => { setTyped(value); act({ kind: 'changeNote', noteId: note.id, text: value }, { merge: true }); }} />
      <SegmentedControl size="xs" aria-label={words('note.width')} value={width} onChange={(name) => act({ kind: 'changeNote', noteId: note.id, width: Object.entries(WIDTHS).find(([each]) => each === name)?.[1] ?? WIDTHS.usual })}
        data={Object.keys(WIDTHS).map((name) => ({ value: name, label: words(`note.${name}`) }))} />
    </>
  );
}
