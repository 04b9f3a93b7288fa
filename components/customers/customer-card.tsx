'use client';
/** Who this is, what happened, what is next, and why not: everything about one customer on one page. */
import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { api } from '#components/api-client.ts';
import { CustomerBelongings } from '#components/customers/customer-belongings.tsx';
import { CustomerConsents } from '#components/customers/customer-consents.tsx';
import { CustomerDevices } from '#components/customers/customer-devices.tsx';
import { CustomerJourneys } from '#components/customers/customer-journeys.tsx';
import { CustomerMessages } from '#components/customers/customer-messages.tsx';
import { CustomerPressure } from '#components/customers/customer-pressure.tsx';
import { CustomerTasks } from '#components/customers/customer-tasks.tsx';
import { CustomerTimeline } from '#components/customers/customer-timeline.tsx';
import { CustomerVouchers } from '#components/customers/customer-vouchers.tsx';
import { displayNameOf, textOf, type CustomerDetail } from '#components/customers/customer-types.ts';
import classes from '#components/customers/customers.module.css';
import { useCan } from '#components/session.tsx';
import { Figure } from '#components/ui/figure.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { useAddressParam } from '#components/ui/use-address-param.ts';
import { useFormats } from '#components/use-formats.ts';

const CustomerReplay = dynamic(() => import('#components/customers/customer-replay.tsx').then((module) => module.CustomerReplay));

const TABS = ['timeline', 'messages', 'vouchers'] as const;

function Identity({ customer }: { customer: CustomerDetail }) {
  const t = useTranslations('customers');
  const formats = useFormats();
  const { profile } = customer;
  // A day has no zone: its noon is that day in all of them.
  const shown = (field: string, text: string): string => (field === 'language' ? formats.language(text) : field === 'country' ? formats.country(text) : field === 'birthDate' ? formats.date(`${text}T12:00:00Z`) : text);
  const lines: [string, string][] = [
    ...customer.identifiers.map(({ kind, value }): [string, string] => [t(`kinds.${kind}`), value]),
    ...(['birthDate', 'language', 'street', 'postalCode', 'city', 'country'] as const).flatMap((field): [string, string][] => (textOf(profile, field) ? [[t(`fields.${field}`), shown(field, textOf(profile, field))]] : [])),
    [t('since'), formats.date(customer.createdAt)],
  ];
  return (
    <section className={classes.panel} aria-label={t('identity')}>
      <h2>{t('identity')}</h2>
      <dl className={classes.facts}>{lines.map(([name, value]) => <div key={name + value}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
    </section>
  );
}

function Figures({ customer }: { customer: CustomerDetail }) {
  const t = useTranslations('customers');
  const formats = useFormats();
  const balances = useQuery({ queryKey: ['customers', customer.id, 'balances'], queryFn: ({ signal }) => api.get<{ balances: { programme: string; amount: number }[] }>(`/customers/${customer.id}/balances`, {}, signal) });
  const { purchases, spendMinor, lastPurchaseAt } = customer.figures;
  return (
    <div className={classes.figures}>
      {balances.data?.balances.map(({ programme, amount }) => <Figure key={programme} label={t('balance', { programme })} value={formats.number(amount)} unit={t('points', { count: amount })} definition={t('balanceMeaning')} />)}
      <Figure label={t('purchases')} value={formats.number(purchases)} definition={t('purchasesMeaning')} />
      <Figure label={t('spend')} value={formats.money(spendMinor)} definition={t('spendMeaning')} />
      <Figure label={t('lastPurchase')} value={lastPurchaseAt ? formats.date(lastPurchaseAt) : t('never')} />
    </div>
  );
}

export function CustomerCard({ customerId }: { customerId: string }) {
  const t = useTranslations('customers');
  const [tab, setTab] = useAddressParam('tab');
  const seesVouchers = useCan('loyalty:read');
  const seesTasks = useCan('tasks:read');
  const customer = useQuery({ queryKey: ['customers', customerId], queryFn: ({ signal }) => api.get<CustomerDetail>(`/customers/${customerId}`, {}, signal) });
  const back = { href: '/customers', label: t('title') };
  if (customer.isPending) return <><PageHeader title={t('one')} back={back} /><LoadingState lines={10} /></>;
  if (customer.isError) return <><PageHeader title={t('one')} back={back} /><ErrorState error={customer.error} onRetry={() => void customer.refetch()} /></>;
  const shown = TABS.filter((name) => name !== 'vouchers' || seesVouchers);
  return (
    <>
      <PageHeader title={displayNameOf(customer.data) || t('unnamed')} back={back} />
      <Figures customer={customer.data} />
      <div className={classes.card}>
        <div className={classes.side}>
          <Identity customer={customer.data} />
          <CustomerBelongings customer={customer.data} />
          <CustomerPressure customerId={customerId} />
          {seesTasks && <CustomerTasks customerId={customerId} />}
          <CustomerConsents customer={customer.data} />
          <CustomerDevices customerId={customerId} />
          <CustomerJourneys customerId={customerId} enrollments={customer.data.enrollments} />
          <CustomerReplay customerId={customerId} />
        </div>
        <Tabs value={shown.find((name) => name === tab) ?? 'timeline'} onChange={(value) => setTab(value === 'timeline' ? '' : (value ?? ''))} className={classes.panel}>
          <Tabs.List mb="sm">{shown.map((name) => <Tabs.Tab key={name} value={name}>{t(`tabs.${name}`)}</Tabs.Tab>)}</Tabs.List>
          <Tabs.Panel value="timeline"><CustomerTimeline customer={customer.data} /></Tabs.Panel>
          <Tabs.Panel value="messages"><CustomerMessages customerId={customerId} /></Tabs.Panel>
          {seesVouchers && <Tabs.Panel value="vouchers"><CustomerVouchers customerId={customerId} /></Tabs.Panel>}
        </Tabs>
      </div>
    </>
  );
}
