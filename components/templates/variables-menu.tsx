'use client';
/** What a text may say of a customer: a menu that writes the variable where the cursor stands. */
import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconBraces } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { CUSTOMER_VARIABLES } from '#domain/messages/customer-variables.ts';
import { api, type Page } from '#components/api-client.ts';
import { useCan } from '#components/session.tsx';

const ALWAYS = ['brand.name', 'links.preferences', 'now | date: "%d/%m/%Y"'] as const;
const OF_EVENT = ['event.properties.orderId', 'event.properties.amountMinor | divided_by: 100.0'] as const;

export function VariablesMenu({ onChoose }: { onChoose: (variable: string) => void }) {
  const t = useTranslations('templates.variables');
  const seesLoyalty = useCan('loyalty:read');
  const programmes = useQuery({ queryKey: ['programmes', 'keys'], enabled: seesLoyalty, queryFn: () => api.get<Page<{ programme: { key: string } }>>('/programmes', { limit: 50 }) });
  const offers = useQuery({ queryKey: ['offers', 'keys'], enabled: seesLoyalty, queryFn: () => api.get<Page<{ offer: { key: string } }>>('/offers', { limit: 50 }) });
  const groups: [string, string[]][] = [
    [t('customer'), CUSTOMER_VARIABLES.map((name) => `customer.${name}`)],
    [t('loyalty'), (programmes.data?.items ?? []).map(({ programme }) => `balances.${programme.key} | default: 0`)],
    [t('vouchers'), (offers.data?.items ?? []).flatMap(({ offer }) => [`voucher.${offer.key}.code`, `voucher.${offer.key}.validUntil | date: "%d/%m/%Y"`])],
    [t('event'), [...OF_EVENT]],
    [t('brand'), [...ALWAYS]],
  ];
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target><Button variant="default" size="xs" leftSection={<IconBraces size={14} aria-hidden />}>{t('insert')}</Button></Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {groups.filter(([, names]) => names.length > 0).flatMap(([label, names]) => [
          <Menu.Label key={label}>{label}</Menu.Label>,
          ...names.map((name) => <Menu.Item key={name} onClick={() => onChoose(`{{ ${name} }}`)}><span className="code">{name}</span></Menu.Item>),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
