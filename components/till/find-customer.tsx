'use client';
/** The one field of the till: a card, a phone number, an e-mail address or the code of a voucher, typed, scanned wherever the focus is, or read by the camera. */
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconCamera, IconScan } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState, type RefObject } from 'react';
import classes from '#components/till/till.module.css';
import { useWedge } from '#components/till/use-wedge.ts';

const CameraScan = dynamic(() => import('#components/till/camera-scan.tsx').then((loaded) => loaded.CameraScan), { ssr: false });

type Props = { field: RefObject<HTMLInputElement | null>; busy: boolean; showsClear: boolean; onFind: (text: string) => void; onClear: () => void };

export function FindCustomer({ field, busy, showsClear, onFind, onClear }: Props) {
  const t = useTranslations('till');
  const [text, setText] = useState('');
  const [looks, setLooks] = useState(false);
  // Who types with the focus nowhere means here.
  useWindowEvent('keydown', (event) => {
    if (document.activeElement === document.body && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) field.current?.focus();
  });
  const findText = (found: string): void => {
    setLooks(false);
    setText('');
    onFind(found);
  };
  useWedge(findText);
  return (
    <form className={classes.find} onSubmit={(event) => { event.preventDefault(); if (text.trim() !== '') findText(text.trim()); }}>
      <TextInput
        ref={field} size="lg" label={t('find.label')} placeholder={t('find.placeholder')} leftSection={<IconScan size={20} stroke={1.6} aria-hidden />} value={text} onChange={(event) => setText(event.currentTarget.value)}
        autoComplete="off" autoCorrect="off" spellCheck={false} data-autofocus data-scans="" autoFocus enterKeyHint="search"
      />
      <ActionIcon size={50} variant="default" aria-label={t('camera.open')} onClick={() => setLooks(true)}><IconCamera size={22} stroke={1.6} aria-hidden /></ActionIcon>
      <Button type="submit" size="lg" loading={busy} disabled={text.trim() === ''}>{t('find.action')}</Button>
      {showsClear && <Button size="lg" variant="default" onClick={() => { setText(''); onClear(); }}>{t('next')}</Button>}
      {looks && <CameraScan onScan={findText} onClose={() => setLooks(false)} />}
    </form>
  );
}
