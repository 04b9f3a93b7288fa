'use client';
/** One's own account: password, two-factor sign-in, passkeys, and where one is signed in. */
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import classes from '#components/account/account.module.css';
import { PasskeysSection, type Passkey } from '#components/account/passkeys-section.tsx';
import { SessionsSection } from '#components/account/sessions-section.tsx';
import { TwoFactorSection } from '#components/account/two-factor-section.tsx';
import { useSession } from '#components/session.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';

const ChangePassword = dynamic(() => import('#components/frame/change-password.tsx').then((loaded) => loaded.ChangePassword), { ssr: false });

export type AccountSecurity = { codesLeft: number | null; passkeys: Passkey[]; elsewhere: string | null };

export function AccountPage({ codesLeft, passkeys, elsewhere }: AccountSecurity) {
  const t = useTranslations('account');
  const password = useTranslations('frame.password');
  const { user } = useSession();
  const [changing, setChanging] = useState<boolean | null>(null);
  return (
    <>
      <PageHeader title={t('title')} lede={`${user.name} · ${user.email}`} />
      <div className={classes.page}>
        <section aria-labelledby="password">
          <h2 id="password">{t('password')}</h2>
          <p className={classes.about}>{t('passwordAbout')}</p>
          <Button variant="default" onClick={() => setChanging(true)}>{password('title')}</Button>
          {changing !== null && <ChangePassword opened={changing} onClose={() => setChanging(false)} />}
        </section>
        <TwoFactorSection codesLeft={codesLeft} />
        <PasskeysSection passkeys={passkeys} elsewhere={elsewhere} />
        <SessionsSection />
      </div>
    </>
  );
}
