'use client';
/** The line above the counter: which store, and what has still to be sent. A paired till has its store, and a bar of its own that names it. */
import { Anchor, Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useCan, useSession } from '#components/session.tsx';
import { OutgoingNotice } from '#components/till/outgoing-notice.tsx';
import classes from '#components/till/till.module.css';
import type { TillStore } from '#components/till/till-types.ts';
import type { useOutgoing } from '#components/till/use-outgoing.ts';

type Props = { stores: TillStore[]; store: string | null; onStore: (store: string | null) => void; outgoing: ReturnType<typeof useOutgoing>; online: boolean };

export function TillHead({ stores, store, onStore, outgoing, online }: Props) {
  const t = useTranslations('till');
  const { till } = useSession();
  const mayOpenStores = useCan('settings:write');
  return (
    <div className={classes.head}>
      <h1>{t('title')}</h1>
      {!till && stores.length === 0 && mayOpenStores && <Anchor component={Link} href="/stores">{t('noStore')}</Anchor>}
      {!till && stores.length > 0 && <Select aria-label={t('store')} placeholder={t('chooseStore')} size="md" value={store} onChange={onStore} allowDeselect={false} error={stores.length > 0 && store === null} data={stores.map(({ externalId, name }) => ({ value: externalId, label: name }))} w={280} maw="100%" />}
      <OutgoingNotice waiting={outgoing.waiting} online={online} onSend={() => void outgoing.sendNow()} />
    </div>
  );
}
