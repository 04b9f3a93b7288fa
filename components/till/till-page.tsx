'use client';
/** The till: one field, who it is, what they buy, what to say. It never takes its focus away from a scanner for long, and it goes on without the network. */
import { useNetwork } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useCan, useSession } from '#components/session.tsx';
import { CustomerPanel } from '#components/till/customer-panel.tsx';
import { EnrolForm } from '#components/till/enrol-form.tsx';
import { FindCustomer } from '#components/till/find-customer.tsx';
import { keepTillPage } from '#components/till/kept-page.ts';
import { RefusedLater } from '#components/till/outgoing-notice.tsx';
import { Receipt } from '#components/till/receipt.tsx';
import { SalePanel, type Basket } from '#components/till/sale-panel.tsx';
import { writeAmount } from '#components/till/read-amount.ts';
import { TillHead } from '#components/till/till-head.tsx';
import type { OpenTill } from '#components/till/till-types.ts';
import classes from '#components/till/till.module.css';
import { loadGuess, useCounter, type Done } from '#components/till/use-counter.ts';
import { useOutgoing } from '#components/till/use-outgoing.ts';
import { useStore, useTill } from '#components/till/use-till.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState, ErrorState, LoadingState } from '#components/ui/states.tsx';
import { useIdle } from '#components/ui/use-idle.ts';
import { useLoaded } from '#components/ui/use-loaded.ts';

const SetupGuide = dynamic(() => import('#components/setup/setup-guide.tsx').then((loaded) => loaded.SetupGuide), { ssr: false });

/** The counter is at work long before. */
const KEPT_AFTER_MS = 5_000;
const EMPTY: Basket = { amount: '', lines: [] };

/** The server's own rules of earning and of reading what is typed: fetched while nobody waits, so that they are there when the network is gone. */
const loadEarn = async () => (await Promise.all([import('#domain/loyalty/earn.ts'), loadGuess()]))[0].earn;

/** What a sale kept on this machine will earn. */
function useEstimate(done: Done | null, till: OpenTill | undefined, store: string | null, at: number): number | null {
  const { workspace } = useSession();
  const earn = useLoaded(useIdle(KEPT_AFTER_MS), loadEarn);
  // The page is kept with what it has just fetched, so that it comes up whole without a network.
  useEffect(() => {
    if (earn && navigator.onLine) keepTillPage().catch(() => {});
  }, [earn]);
  const [programme] = till?.programmes ?? [];
  if (!earn || done?.kind !== 'sold' || !done.kept || !programme || done.buyer.kind === 'nobody') return null;
  const zone = till?.stores.find(({ externalId }) => externalId === store)?.timeZone ?? workspace.timeZone;
  return earn(programme, { orderId: done.orderId, amountMinor: done.amountMinor, currency: workspace.currency }, { eventId: done.orderId, customerId: '', occurredAt: at, store, zone }).total;
}

export function TillPage() {
  const t = useTranslations('till');
  const language = useLocale();
  const { workspace } = useSession();
  const { online } = useNetwork();
  const queries = useQueryClient();
  const { query, now, hear } = useTill();
  const [store, setStore] = useStore(query.data?.stores);
  const outgoing = useOutgoing(useCallback(() => void queries.invalidateQueries({ queryKey: ['till'] }), [queries]));
  const counter = useCounter({ box: outgoing.box, now, hear, store });
  // Whoever acts for some stores begins the day here, and has their guide here.
  const [isLimited, keepsTills] = [useSession().stores !== null, useCan('tills:write')];
  const [basket, setBasket] = useState(EMPTY);
  const find = useRef<HTMLInputElement>(null);
  const amount = useRef<HTMLInputElement>(null);
  const estimate = useEstimate(counter.done, query.data, store, now());
  const known = counter.buyer.kind === 'known' ? counter.buyer.customer : null;
  const knownId = known?.id;
  useEffect(() => {
    if (knownId) amount.current?.focus();
  }, [knownId]);
  const next = (): void => {
    counter.startOver();
    setBasket(EMPTY);
    find.current?.focus();
  };
  const lookUp = (text: string): void => {
    if (counter.done) setBasket(EMPTY);
    void counter.lookUp(text);
  };
  const correct = (amountMinor: number): void => {
    counter.setDone(null);
    setBasket({ amount: writeAmount(amountMinor, workspace.currencyExponent, language), lines: [] });
    setTimeout(() => amount.current?.select());
  };
  if (query.isError && !query.data) return <><PageHeader title={t('title')} /><ErrorState error={query.error} onRetry={() => void query.refetch()} /></>;
  if (!query.data) return <LoadingState />;
  const { stores, products } = query.data;
  const idle = counter.buyer.kind === 'nobody' && !counter.missing && !counter.done;
  return (
    <>
      {isLimited && keepsTills && <SetupGuide />}
      <TillHead stores={stores} store={store} onStore={setStore} outgoing={outgoing} online={online} />
      <div className={classes.counter}>
        <FindCustomer field={find} busy={counter.busy} showsClear={!idle} onFind={lookUp} onClear={next} />
        {counter.missing ? <EnrolForm key={counter.missing.text} missing={counter.missing} counter={counter} box={outgoing.box} store={store} now={now} onEnrolled={() => amount.current?.focus()} />
          : known ? <CustomerPanel customer={known} counter={counter} onCorrect={correct} />
            : <div className={classes.panel}>{counter.buyer.kind === 'typed' ? <EmptyState title={counter.buyer.identifier.value}>{t('typedHelp')}</EmptyState> : <EmptyState title={t('idle.title')}>{t('idle.help')}</EmptyState>}</div>}
        <div style={{ display: 'grid', gap: 16 }}>
          {counter.problem && <p role="alert" className={classes.problem}>{counter.problem}</p>}
          {counter.done ? <Receipt done={counter.done} counter={counter} till={query.data} estimate={estimate} onNext={next} onCorrect={correct} />
            : <SalePanel field={amount} counter={counter} products={products} basket={basket} onBasket={setBasket} onScan={lookUp} />}
        </div>
      </div>
      <RefusedLater refused={outgoing.refused} box={outgoing.box} />
    </>
  );
}
