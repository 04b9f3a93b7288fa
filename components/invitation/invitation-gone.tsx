/** What stands in the place of an invitation that no longer works: why that may be, and what to do. */
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import classes from '#components/account/account.module.css';

export function InvitationGone() {
  const t = useTranslations('invitation');
  const signIn = useTranslations('signIn');
  return (
    <main className={classes.outside}>
      <div className={classes.outsideBox}>
        <h1>{t('gone')}</h1>
        <p className={classes.about}>{t('goneHelp')}</p>
        <Button component="a" href="/sign-in" variant="default">{signIn('enter')}</Button>
      </div>
    </main>
  );
}
