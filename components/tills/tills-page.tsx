'use client';
/** Each store with its tills (paired, seen, what they have still to send) and the people who may stand at them. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconQrcode } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useCan } from '#components/session.tsx';
import { AddTill } from '#components/tills/add-till.tsx';
import { StaffForm } from '#components/tills/staff-form.tsx';
import { StaffLine } from '#components/tills/staff-line.tsx';
import { TillCodeDialog } from '#components/tills/till-code-dialog.tsx';
import { TillLine } from '#components/tills/till-line.tsx';
import type { Staff, StoreTills, Till, TillCode } from '#components/tills/tills-types.ts';
import classes from '#components/tills/tills.module.css';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState, ErrorState, LoadingState } from '#components/ui/states.tsx';

const LOOK_EVERY_MS = 15_000;

export type ShownCode = TillCode & { tillId: string; name: string; pairedBefore: string | null };

function StoreSection({ store, onCode, onAddTill, onStaff }: { store: StoreTills; onCode: (code: ShownCode) => void; onAddTill: () => void; onStaff: (staff: Staff | null) => void }) {
  const t = useTranslations('tills');
  const mayWrite = useCan('tills:write');
  return (
    <section className={classes.store} aria-label={store.name}>
      <div className={classes.storeHead}>
        <h2>{store.name}{store.city && <span className="quiet"> · {store.city}</span>}</h2>
        <Button component={Link} href={`/tills/${encodeURIComponent(store.externalId)}/poster`} size="xs" variant="default" leftSection={<IconQrcode size={14} aria-hidden />} aria-label={t('posterOf', { store: store.name })}>{t('posterLink')}</Button>
      </div>
      <div className={classes.parts}>
        <div>
          <div className={classes.partHead}><h3>{t('tills')}</h3>{mayWrite && <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={onAddTill}>{t('add')}</Button>}</div>
          {store.tills.length === 0 ? <p className="quiet">{t('noTill')}</p> : <ul className={classes.list}>{store.tills.map((till: Till) => <TillLine key={till.id} till={till} onCode={onCode} />)}</ul>}
        </div>
        <div>
          <div className={classes.partHead}><h3>{t('staff')}</h3>{mayWrite && <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onStaff(null)}>{t('addStaff')}</Button>}</div>
          {store.staff.length === 0 ? <p className="quiet">{t('noStaff')}</p> : <ul className={classes.list}>{store.staff.map((staff) => <StaffLine key={staff.id} staff={staff} onChange={() => onStaff(staff)} />)}</ul>}
        </div>
      </div>
    </section>
  );
}

export function TillsPage() {
  const t = useTranslations('tills');
  const opens = useTranslations('stores');
  const mayOpenStores = useCan('settings:write');
  const [code, setCode] = useState<ShownCode | null>(null);
  const [adding, setAdding] = useState<StoreTills | null>(null);
  const [edited, setEdited] = useState<{ store: StoreTills; staff: Staff | null } | null>(null);
  const tills = useQuery({ queryKey: ['tills'], refetchInterval: code ? 2_000 : LOOK_EVERY_MS, queryFn: ({ signal }) => api.get<{ items: StoreTills[] }>('/tills', {}, signal) });
  const stores = tills.data?.items ?? [];
  const shown = code && stores.flatMap((store) => store.tills).find(({ id }) => id === code.tillId);
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')} />
      {tills.isPending ? <LoadingState lines={8} /> : tills.isError && !tills.data ? <ErrorState error={tills.error} onRetry={() => void tills.refetch()} />
        : stores.length === 0 ? <EmptyState title={t('noStore')} action={mayOpenStores ? <Button component={Link} href="/stores">{opens('new')}</Button> : undefined}>{t('noStoreHelp')}</EmptyState>
          : stores.map((store) => <StoreSection key={store.id} store={store} onCode={setCode} onAddTill={() => setAdding(store)} onStaff={(staff) => setEdited({ store, staff })} />)}
      <p className="quiet">{t('notARegister')}</p>
      {adding && <AddTill store={adding} onClose={() => setAdding(null)} onAdded={(made) => { setAdding(null); setCode(made); }} />}
      {code && <TillCodeDialog code={code} paired={Boolean(shown?.pairedAt && shown.pairedAt !== code.pairedBefore)} onClose={() => setCode(null)} />}
      {edited && <StaffForm store={edited.store} staff={edited.staff} onClose={() => setEdited(null)} />}
    </>
  );
}
