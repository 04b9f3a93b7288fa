'use client';
/** Takes pictures in: dropped, pasted or chosen, several at once; each is sent once it is said what it shows, and its way is seen. */
import { ActionIcon, Button, FileButton, Progress, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPhotoPlus, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';
import { ACCEPTED, type LibraryImage } from './image-types.ts';
import classes from './images.module.css';
import { usePending, type Pending } from './use-pending.ts';

const PERCENT = 100;

type RowProps = { one: Pending; onSay: (alt: string) => void; onLeaveOut: () => void };

function PendingRow({ one: { file, preview, alt, share, failure }, onSay, onLeaveOut }: RowProps) {
  const t = useTranslations('images');
  const sentence = useProblemSentence();
  const formats = useFormats();
  const [broken, setBroken] = useState(false);
  const percent = Math.round((share ?? 0) * PERCENT);
  return (
    <li className={classes.pending}>
      {broken ? <span className={classes.missing} /> : <img src={preview} alt="" onError={() => setBroken(true)} />}
      <div style={{ minWidth: 0, display: 'grid', gap: 6 }}>
        <span className={classes.name}>{file.name}</span>
        <TextInput aria-label={t('altNamed', { name: file.name })} placeholder={t('alt')} maxLength={200} value={alt} disabled={share !== null} onChange={(event) => onSay(event.currentTarget.value)} error={failure ? sentence(failure) : null} />
        {share !== null && <Progress.Root size="sm"><Progress.Section value={percent} animated={share >= 1} striped={share >= 1} aria-label={t('sendingNamed', { name: file.name })} /></Progress.Root>}
        {share !== null && <span role="status" className={classes.facts}>{t('sending', { percent: formats.number(percent) })}</span>}
      </div>
      <ActionIcon variant="subtle" color="gray" aria-label={t('leaveOut', { name: file.name })} disabled={share !== null} onClick={onLeaveOut}><IconX size={16} aria-hidden /></ActionIcon>
    </li>
  );
}

/** `language` is that in which is said what the pictures show. */
export function AddImages({ language, onAdded }: { language?: string; onAdded?: (images: LibraryImage[]) => void }) {
  const t = useTranslations('images');
  const { workspace } = useSession();
  const queries = useQueryClient();
  const { pending, busy, add, say, leaveOut, send } = usePending(language ?? workspace.language);
  const [over, setOver] = useState(false);
  const take = useRef(add);
  useEffect(() => { take.current = add; });
  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent): void => { if (clipboardData && clipboardData.files.length > 0) take.current(clipboardData.files); };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, []);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    add(event.dataTransfer.files);
  };
  const submit = async (): Promise<void> => {
    const images = await send();
    if (images.length === 0) return;
    await queries.invalidateQueries({ queryKey: ['images'] });
    notifications.show({ color: 'live', message: t('added', { count: images.length }) });
    onAdded?.(images);
  };
  return (
    <>
      <div className={classes.drop} data-over={over || undefined} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <IconPhotoPlus size={28} stroke={1.4} aria-hidden />
        <div className={classes.dropText}><p><strong>{t('drop')}</strong></p><p className="quiet">{t('dropHelp')}</p></div>
        <FileButton multiple accept={ACCEPTED} onChange={add} inputProps={{ 'aria-label': t('choose') }}>{(props) => <Button variant="default" {...props}>{t('choose')}</Button>}</FileButton>
      </div>
      {pending.length > 0 && (
        <form className={classes.waiting} aria-label={t('waiting', { count: pending.length })} onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); void submit(); }}>
          <h2>{t('waiting', { count: pending.length })}</h2>
          <p className="quiet" style={{ margin: 0 }}>{t('altHelp')}</p>
          <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 12 }}>
            {pending.map((one) => <PendingRow key={one.id} one={one} onSay={(alt) => say(one.id, alt)} onLeaveOut={() => leaveOut(one.id)} />)}
          </ul>
          <div className={classes.foot}><Button type="submit" loading={busy} disabled={pending.some(({ alt }) => alt.trim() === '')}>{t('send', { count: pending.length })}</Button></div>
        </form>
      )}
    </>
  );
}
