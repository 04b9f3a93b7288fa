'use client';
/** Where somebody is led whose workspace asks for two-factor sign-in: set it up, then go on where one wanted to go. */
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import classes from '#components/account/account.module.css';
import { askSignIn } from '#components/account/ask-sign-in.ts';
import { TwoFactorSetup } from '#components/account/two-factor-setup.tsx';

export function TwoFactorAsked({ to, workspace }: { to: string; workspace: string }) {
  const t = useTranslations('account.asked');
  const frame = useTranslations('frame');
  const leave = async (): Promise<void> => {
    await askSignIn('/sign-out', {});
    window.location.assign('/sign-in');
  };
  return (
    <main className={classes.outside}>
      <div className={classes.outsideBox}>
        <h1>{t('title')}</h1>
        <p className={classes.about}>{t('about', { workspace })}</p>
        <TwoFactorSetup onDone={() => window.location.assign(to)} />
        <Button variant="subtle" color="gray" size="compact-sm" mt="lg" onClick={() => void leave()}>{frame('signOut')}</Button>
      </div>
    </main>
  );
}
