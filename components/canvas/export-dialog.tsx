'use client';
/** Takes a journey out as a file, a picture or a page, and brings one in from a file. */
import { Button, FileButton, Modal, Stack, Text } from '@mantine/core';
import { IconFileCode, IconFileImport, IconPhoto, IconPrinter, IconVector } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { parseJourney } from '#domain/journeys/validate.ts';
import { missingReferences } from '#domain/journeys/operations/fragment.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import { drawPicture, type Picture } from './draw-picture.ts';
import { withPositions } from './tidy-layout.ts';
import { printPicture, saveFile, toPng } from './save-picture.ts';
import { paperColour } from './paper-colour.ts';
import { useSpeech } from './speech-context.tsx';
import { useNotify } from './use-notify.ts';

export function ExportDialog({ onClose }: { onClose: () => void }) {
  const speech = useSpeech();
  const { words } = speech;
  const store = useCanvasStore();
  const notify = useNotify();
  const readOnly = useCanvas((state) => state.readOnly);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const reset = useRef<() => void>(null);
  const { journey } = store.getState().drawing;
  const picture = (): Picture => drawPicture(journey, speech, paperColour);
  const bring = async (file: File | null): Promise<void> => {
    reset.current?.();
    if (!file) return;
    let value: unknown;
    try { value = JSON.parse(await file.text()); } catch { return setProblems([words('export.noJson')]); }
    const parsed = parseJourney(value);
    if (!parsed.ok) return setProblems([words('export.noJourney'), ...parsed.problems.slice(0, 8).map(({ path, message }) => `${path.join('.')}: ${message}`)]);
    const { act, references } = store.getState();
    act({ kind: 'importFile', journey: withPositions(parsed.value) });
    const missing = missingReferences({ parcours: 'steps', formatVersion: 1, nodes: parsed.value.nodes, notes: [], names: {} }, references ?? {});
    notify(missing.length > 0 ? words('clipboard.missing', { names: missing.join(', '), count: missing.length }) : words('export.imported'), missing.length > 0 ? 'danger' : 'live');
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={<Text fw={600}>{words('export.title')}</Text>} closeButtonProps={{ 'aria-label': words('overlay.close') }}>
      <Stack gap={8}>
        <Button variant="default" justify="flex-start" leftSection={<IconFileCode size={18} stroke={1.6} aria-hidden />} onClick={() => saveFile(`${journey.key}.json`, new Blob([`${JSON.stringify(journey, null, 2)}\n`], { type: 'application/json' }))}>{words('export.file')}</Button>
        <Button variant="default" justify="flex-start" leftSection={<IconVector size={18} stroke={1.6} aria-hidden />} onClick={() => saveFile(`${journey.key}.svg`, new Blob([picture().svg], { type: 'image/svg+xml' }))}>{words('export.svg')}</Button>
        <Button variant="default" justify="flex-start" leftSection={<IconPhoto size={18} stroke={1.6} aria-hidden />} onClick={() => void toPng(picture()).then((png) => saveFile(`${journey.key}.png`, png)).catch(() => notify(words('export.failed'), 'danger'))}>{words('export.png')}</Button>
        <Button variant="default" justify="flex-start" leftSection={<IconPrinter size={18} stroke={1.6} aria-hidden />} onClick={() => printPicture(drawPicture(journey, speech, (name) => paperColour(name === 'ground' ? 'surface' : name)))}>{words('export.print')}</Button>
        {!readOnly && <FileButton resetRef={reset} accept="application/json,.json" onChange={(file) => void bring(file)}>{(props) => <Button {...props} variant="default" justify="flex-start" leftSection={<IconFileImport size={18} stroke={1.6} aria-hidden />}>{words('export.import')}</Button>}</FileButton>}
        <Text size="xs" c="dimmed">{words('export.help')}</Text>
        {problems.length > 0 && <div role="alert">{problems.map((problem, index) => <Text key={index} size="sm" {...(index === 0 && { c: 'danger' })}>{problem}</Text>)}</div>}
      </Stack>
    </Modal>
  );
}
