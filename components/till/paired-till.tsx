'use client';
/** The till of a device that was paired: no account, its own store, whoever stands at it. It tells the server that it is there and what it has still to send. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { IconDots, IconUser } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useEffect, useState } from 'react';
import { api, ApiProblem, PAGE_HEADERS, sendAlong } from '#components/api-client.ts';
import { KindMark } from '#components/frame/kind-mark.tsx';
import { useSession } from '#components/session.tsx';
import { forgetTillPage } from '#components/till/kept-page.ts';
import { TILL_HEADER, tillHeaders, writeStaff } from '#components/till/staff.ts';
import classes from '#components/till/till.module.css';
import { TillPage } from '#components/till/till-page.tsx';
import { useOutgoing } from '#components/till/use-outgoing.ts';
import { useStanding } from '#components/till/use-standing.ts';
import { useTill } from '#components/till/use-till.ts';
import { WhoIsThere } from '#components/till/who-is-there.tsx';
import { LoadingState } from '#components/ui/states.tsx';
import { OTHER_LANGUAGE, speakLanguage } from '#components/words/speak-language.ts';

const TELL_EVERY_MS = 60_000;

/** Says that the till is there: at once, each minute, and whenever the queue has changed. */
function useTelling(waiting: number, refused: number): void {
  useEffect(() => {
    const tell = (): void => void api.post('/till/seen', { waiting, refused }).catch(() => {});
    tell();
    const timer = setInterval(tell, TELL_EVERY_MS);
    return () => clearInterval(timer);
  }, [waiting, refused]);
}

async function leaveTill(tillId: string): Promise<void> {
  await forgetTillPage().catch(() => {});
  writeStaff(tillId, null);
  await fetch('/api/till/leave', { method: 'POST', headers: { ...PAGE_HEADERS, [TILL_HEADER]: '1' } });
  window.location.assign('/till');
}

function TillBar({ tillId, who, waiting, onChangePerson }: { tillId: string; who: string | null; waiting: number; onChangePerson: () => void }) {
  const t = useTranslations('till.device');
  const { till, workspace } = useSession();
  const other = OTHER_LANGUAGE[useLocale() === 'fr' ? 'fr' : 'en'];
  return (
    <header className={classes.bar} data-kind={workspace.kind}>
      <span className={classes.where}><KindMark kind={workspace.kind} /><span><b>{workspace.brand}</b> · {till?.storeName} · {till?.name}</span></span>
      <span style={{ display: 'inline-flex', gap: 8, alignItems: 'center', flex: 'none' }}>
        {who !== null && <Button variant="default" size="md" leftSection={<IconUser size={18} aria-hidden />} onClick={onChangePerson}>{t('change', { name: who })}</Button>}
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon size={44} variant="subtle" color="gray" aria-label={t('menu')}><IconDots size={20} aria-hidden /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item lang={other.code} onClick={() => speakLanguage(other.code)}>{other.name}</Menu.Item>
            {till?.hasAccount && <Menu.Item component="a" href="/">{t('back')}</Menu.Item>}
            <Menu.Item color="danger" disabled={waiting > 0} onClick={() => void leaveTill(tillId)}>{t(waiting > 0 ? 'leaveLater' : 'leave')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </span>
    </header>
  );
}

export function PairedTill() {
  const t = useTranslations('till.device');
  const { till } = useSession();
  const tillId = till?.id ?? '';
  // Before the first request of the parts below.
  useState(() => { if (typeof window !== 'undefined') sendAlong(() => tillHeaders(tillId)); });
  const { online } = useNetwork();
  const queries = useQueryClient();
  const { query } = useTill();
  const standing = useStanding(tillId, query.data, query.dataUpdatedAt);
  const [nameless, setNameless] = useState(false);
  const { waiting, refused } = useOutgoing(useCallback(() => {}, []));
  useTelling(waiting.length, refused.length);
  const gone = query.error instanceof ApiProblem && query.error.code === 'till.notPaired';
  useEffect(() => {
    if (gone) void forgetTillPage().catch(() => {}).then(() => window.location.reload());
  }, [gone]);
  const people = query.data?.till?.staff ?? [];
  const asks = people.length > 0 && standing.staff === null && !nameless;
  const arrived = (staff: Parameters<typeof standing.arrive>[0]): void => {
    standing.arrive(staff);
    setNameless(false);
    void queries.invalidateQueries({ queryKey: ['till'] });
  };
  const leave = (): void => {
    standing.leave();
    setNameless(false);
  };
  if (gone || !standing.known) return <LoadingState />;
  return (
    <div className={classes.device}>
      <TillBar tillId={tillId} who={standing.staff?.name ?? (nameless ? t('nobody') : null)} waiting={waiting.length} onChangePerson={leave} />
      <main id="page" tabIndex={-1}>
        {asks ? <WhoIsThere people={people} online={online} onArrive={arrived} onWithout={() => setNameless(true)} /> : <TillPage key={standing.staff?.id ?? 'nobody'} />}
      </main>
      <footer className="quiet">{t('notARegister')}</footer>
    </div>
  );
}
