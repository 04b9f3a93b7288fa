'use client';
/** Who stands at the till: a name, then a PIN. Without a network nobody can be known, and sales are taken without a name. */
import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, ApiProblem } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import type { StandingStaff } from '#components/till/staff.ts';
import classes from '#components/till/till.module.css';
import type { TillStaff } from '#components/till/till-types.ts';

type Props = { people: TillStaff[]; online: boolean; onArrive: (staff: StandingStaff) => void; onWithout: () => void };

export function WhoIsThere({ people, online, onArrive, onWithout }: Props) {
  const t = useTranslations('till.who');
  const sentence = useProblemSentence();
  const [chosen, setChosen] = useState<TillStaff | null>(people.length === 1 ? (people[0] ?? null) : null);
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [unreachable, setUnreachable] = useState(false);
  const enter = async (): Promise<void> => {
    if (!chosen) return;
    setBusy(true);
    setProblem(null);
    try {
      const { name, token } = await api.post<{ name: string; token: string }>('/till/identify', { staffId: chosen.id, pin });
      onArrive({ id: chosen.id, name, token, at: Date.now() });
    } catch (error) {
      setPin('');
      setProblem(sentence(error));
      setUnreachable(error instanceof ApiProblem && error.status === 0);
    }
    setBusy(false);
  };
  return (
    <div className={classes.gate}>
      <form className={classes.panel} aria-label={t('title')} onSubmit={(event) => { event.preventDefault(); void enter(); }}>
        <h2>{t('title')}</h2>
        <div className={classes.people}>
          {people.map((person) => (
            <UnstyledButton key={person.id} className={classes.choice} data-chosen={person.id === chosen?.id || undefined} aria-pressed={person.id === chosen?.id} onClick={() => { setChosen(person); setProblem(null); }}>
              <span>{person.name}</span><IconUser size={18} stroke={1.6} aria-hidden />
            </UnstyledButton>
          ))}
        </div>
        {chosen && (
          <TextInput key={chosen.id} type="password" inputMode="numeric" autoComplete="off" size="xl" label={t('pin', { name: chosen.name })} value={pin} maxLength={8} data-autofocus autoFocus error={problem} styles={{ label: { fontSize: 14 } }}
            onChange={(event) => setPin(event.currentTarget.value.replace(/\D/g, ''))} />
        )}
        <Button type="submit" size="lg" loading={busy} disabled={!chosen || pin.length < 4}>{t('enter')}</Button>
        {(!online || unreachable) && (
          <>
            <p className="quiet" style={{ margin: 0 }}>{t('offline')}</p>
            <Button size="lg" variant="default" onClick={onWithout}>{t('without')}</Button>
          </>
        )}
      </form>
    </div>
  );
}
