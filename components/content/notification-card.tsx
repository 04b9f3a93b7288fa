'use client';
/** A notification as a phone shows it: who speaks, the title, the text, the picture, and where a touch leads. */
import { useComputedColorScheme } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import classes from '#components/content/content.module.css';

export type ShownNotification = { title: string; body: string; url: string | null; icon: string | null };
type Props = { from: string; notification: ShownNotification; /** Of the phone; that of this page when it is not said. */ look?: 'light' | 'dark'; /** The address that a touch opens here; without one nothing can be touched. */ opens?: string };

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : address);

/** A picture that does not load is left out, as a phone leaves it out. */
function Picture({ source }: { source: string }) {
  const [broken, setBroken] = useState(false);
  return broken ? null : <img className={classes.noticePicture} src={source} alt="" width={48} height={48} onError={() => setBroken(true)} />;
}

export function NotificationCard({ from, notification: { title, body, url, icon }, look, opens }: Props) {
  const t = useTranslations('ui.notification');
  const scheme = useComputedColorScheme('light');
  return (
    <figure className={classes.notices} data-phone={look ?? scheme} aria-label={t('label')}>
      <div className={classes.notice}>
        <span className={classes.noticeFrom}><IconBellRinging size={14} aria-hidden />{from}<span aria-hidden>·</span>{t('now')}</span>
        <strong>{title}</strong>
        <span className={classes.noticeText}>{body}</span>
        {icon && /^https:/i.test(icon) && <Picture key={icon} source={icon} />}
        {url && (opens ? <a className={classes.noticeLink} href={opens} target="_blank" rel="noreferrer">{t('touch')}</a> : <span className={classes.noticeFoot}>{t('leads', { host: hostOf(url) })}</span>)}
      </div>
    </figure>
  );
}
