'use client';
/** The one field of the till: a card, a phone number, an e-mail address or the code of a voucher, typed or scanned, then Enter. */
import { Button, TextInput } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconScan } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState, type RefObject } from 'react';
import classes from '#components/till/till.module.css';

type Props = { field: RefObject<HTMLInputElement | null>; busy: boolean; showsClear: boolean; onFind: (text: string) => void; onClear: () => void };

export function FindCustomer({ field, busy, showsClear, onFind, onClear }: Props) {
  const t = useTranslations('till');
  const [text, setText] = useState('');
  // A scanner types wherever the focus is: nowhere means here.
  useWindowEvent('keydown', (event) => {
    if (document.activeElement === document.body && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) field.current?.focus();
  });
  const find = (): void => {
    if (text.trim() === '') return;
    onFind(text.trim());
    setText('');
  };
  return (
    <form className={classes.find} onSubmit={(event) => { event.preventDefault(); find(); }}>
      <TextInput
        ref={field} size="lg" label={t('find.label')} placeholder={t('find.placeholder')} leftSection={<IconScan size={20} stroke={1.6} aria-hidden />} value={text} onChange={(event) => setText(event.currentTarget.value)}
        autoComplete="off" autoCorrect="off" spellCheck={false} data-autofocus autoFocus enterKeyHint="search"
      />
      <Button type="submit" size="lg" loading={busy} disabled={text.trim() === ''}>{t('find.action')}</Button>
      {showsClear && <Button size="lg" variant="default" onClick={() => { setText(''); onClear(); }}>{t('next')}</Button>}
    </form>
  );
}
