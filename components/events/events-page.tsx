'use client';
/** Which events come in, which were kept without effect and why, and a place to send one. */
import { Tabs } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { EventTypes } from '#components/events/event-types-table.tsx';
import { QuarantinedEvents } from '#components/events/quarantined-events.tsx';
import { TestEvent } from '#components/events/test-event.tsx';
import { UnknownTypes } from '#components/events/unknown-types.tsx';
import { useCan, useSession } from '#components/session.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { useAddressParam } from '#components/ui/use-address-param.ts';

const BusinessEvents = dynamic(() => import('#components/events/business-events.tsx').then((module) => module.BusinessEvents));

const TABS = ['types', 'business', 'quarantined', 'send'] as const;

export function EventsPage() {
  const t = useTranslations('events');
  const [tab, setTab] = useAddressParam('tab');
  const maySend = useCan('events:write');
  const isLimited = useSession().stores !== null;
  const shown = TABS.filter((name) => name !== 'send' || maySend);
  // The brand announces, quarantine and what becomes of unknown types are the workspace's, and events of a store come from its till.
  if (isLimited) return <><PageHeader title={t('title')} lede={t('lede')} /><EventTypes /></>;
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')} />
      <Tabs value={shown.find((name) => name === tab) ?? 'types'} onChange={(value) => setTab(value === 'types' ? '' : (value ?? ''))} keepMounted={false}>
        <Tabs.List mb="md">{shown.map((name) => <Tabs.Tab key={name} value={name}>{t(`tabs.${name}`)}</Tabs.Tab>)}</Tabs.List>
        <Tabs.Panel value="types"><UnknownTypes /><EventTypes /></Tabs.Panel>
        <Tabs.Panel value="business"><BusinessEvents /></Tabs.Panel>
        <Tabs.Panel value="quarantined"><QuarantinedEvents /></Tabs.Panel>
        {maySend && <Tabs.Panel value="send"><TestEvent /></Tabs.Panel>}
      </Tabs>
    </>
  );
}
