'use client';
/** Two-factor sign-in of one's own account: set up, renew the recovery codes, turn off. */
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import classes from '#components/account/account.module.css';
import { askSignIn, type SignInFailure } from '#components/account/ask-sign-in.ts';
import { PasswordForm } from '#components/account/password-form.tsx';
import { RecoveryCodes } from '#components/account/recovery-codes.tsx';
import { TwoFactorSetup } from '#components/account/two-factor-setup.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';

type Doing = 'setUp' | 'renew' | 'turnOff' | null;
const FEW_CODES = 3;

export function TwoFactorSection({ codesLeft }: { codesLeft: number | null }) {
  const t = useTranslations('account.twoFactor');
  const router = useRouter();
  const [doing, setDoing] = useState<Doing>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const done = (said: 'onDone' | 'offDone' | 'renewed'): void => {
    setDoing(null);
    setCodes(null);
    notifications.show({ color: 'live', message: t(said) });
    router.refresh();
  };
  const turnOff = async (password: string): Promise<SignInFailure | null> => {
    const asked = await askSignIn('/two-factor/disable', { password });
    if (asked.ok) done('offDone');
    return asked.ok ? null : asked.failure;
  };
  const renew = async (password: string): Promise<SignInFailure | null> => {
    const asked = await askSignIn('/two-factor/generate-backup-codes', { password });
    if (!asked.ok) return asked.failure;
    const given = asked.body['backupCodes'];
    setCodes(Array.isArray(given) ? given.map(String) : []);
    return null;
  };
  const cancel = (): void => setDoing(null);
  return (
    <section aria-labelledby="two-factor">
      <Group gap="sm" mb={4}><h2 id="two-factor" style={{ margin: 0 }}>{t('title')}</h2><StatusBadge tone={codesLeft === null ? 'quiet' : 'live'}>{t(codesLeft === null ? 'off' : 'on')}</StatusBadge></Group>
      <p className={classes.about}>{t('about')}{codesLeft !== null && ` ${t('codesLeft', { count: codesLeft })}`}{codesLeft !== null && codesLeft <= FEW_CODES && ` ${t('fewCodes')}`}</p>
      {doing === null && (codesLeft === null ? <Button onClick={() => setDoing('setUp')}>{t('setUp')}</Button> : <Group><Button variant="default" onClick={() => setDoing('renew')}>{t('renew')}</Button><Button variant="default" color="danger" onClick={() => setDoing('turnOff')}>{t('turnOff')}</Button></Group>)}
      {doing === 'setUp' && <TwoFactorSetup onDone={() => done('onDone')} onCancel={cancel} />}
      {doing === 'turnOff' && <PasswordForm action={t('turnOff')} danger onPassword={turnOff} onCancel={cancel} />}
      {doing === 'renew' && (codes ? <RecoveryCodes codes={codes} onKept={() => done('renewed')} /> : <PasswordForm action={t('renew')} onPassword={renew} onCancel={cancel} />)}
    </section>
  );
}
