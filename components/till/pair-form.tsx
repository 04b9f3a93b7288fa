'use client';
/** A device that is no till yet, signed out: the code, and one button. It says what kind of till this is. */
import { Anchor, Button, TextInput } from '@mantine/core';
import { IconCashRegister } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { PAGE_HEADERS } from '#components/api-client.ts';
import classes from '#components/till/till.module.css';

const LETTERS = 8;
type Failure = 'wrong' | 'tooMany' | 'offline';

async function pair(code: string): Promise<Failure | null> {
  try {
    const answer = await fetch('/api/till/pair', { method: 'POST', headers: { ...PAGE_HEADERS, 'content-type': 'application/json' }, body: JSON.stringify({ code }) });
    return answer.ok ? null : answer.status === 429 ? 'tooMany' : answer.status >= 500 ? 'offline' : 'wrong';
  } catch {
    return 'offline';
  }
}

const plain = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '').slice(0, LETTERS);
const shown = (letters: string): string => (letters.length > LETTERS / 2 ? `${letters.slice(0, LETTERS / 2)}-${letters.slice(LETTERS / 2)}` : letters);

/** `wasTill`: the device was one until it was revoked or replaced. */
export function PairForm({ wasTill }: { wasTill: boolean }) {
  const t = useTranslations('till.pair');
  const [letters, setLetters] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  // The code of a link stands after the #, which no server is told.
  useEffect(() => setLetters((typed) => typed || plain(window.location.hash)), []);
  const submit = async (): Promise<void> => {
    setBusy(true);
    const failed = await pair(letters);
    setFailure(failed);
    setBusy(failed === null);
    if (failed === null) window.location.replace('/till');
  };
  return (
    <main className={classes.gate}>
      <form className={classes.panel} onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <IconCashRegister size={32} stroke={1.4} aria-hidden />
        <h1 style={{ margin: 0 }}>{t('title')}</h1>
        <p style={{ margin: 0 }}>{t(wasTill ? 'wasTill' : 'about')}</p>
        <TextInput size="xl" label={t('code')} value={shown(letters)} onChange={(event) => setLetters(plain(event.currentTarget.value))} autoComplete="off" autoCapitalize="characters" autoCorrect="off" spellCheck={false} autoFocus
          error={failure ? t(`failures.${failure}`) : null} classNames={{ input: classes.code ?? '' }} styles={{ label: { fontSize: 14 } }} />
        <Button type="submit" size="lg" loading={busy} disabled={letters.length < LETTERS}>{t('action')}</Button>
        <p className="quiet" style={{ margin: 0 }}>{t('notARegister')}</p>
        <Anchor component={Link} href="/sign-in?to=/till">{t('signIn')}</Anchor>
      </form>
    </main>
  );
}
