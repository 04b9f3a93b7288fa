/** Sandbox or live, told by word, icon and form, so that nobody needs colour to tell them apart: hatched and a flask here, solid and a broadcast there. */
import { IconBroadcast, IconFlask } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import classes from '#components/frame/kind-mark.module.css';

export function KindMark({ kind }: { kind: 'live' | 'sandbox' }) {
  const t = useTranslations('frame');
  const Icon = kind === 'live' ? IconBroadcast : IconFlask;
  return <span className={classes.mark} data-kind={kind}><Icon size={14} stroke={2} aria-hidden />{t(kind)}</span>;
}

/** One sentence in a dialog where a mistake would cost: whom this reaches. */
export function KindNotice({ kind }: { kind: 'live' | 'sandbox' }) {
  const t = useTranslations('frame');
  return <p className={classes.notice} data-kind={kind}><KindMark kind={kind} /> {t(`reaches.${kind}`)}</p>;
}
