'use client';
/** What a text may say of a customer, in groups: the brand's own programmes and offers among it. */
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { CUSTOMER_VARIABLES } from '#domain/messages/customer-variables.ts';
import { chooseText } from '#domain/shared/choose-text.ts';
import { api, type Page } from '#components/api-client.ts';
import { useCan, useSession } from '#components/session.tsx';

export type NamedKey = { key: string; name: string };
type Texts = Record<string, string>;

/** The programmes and offers that there are; empty for whoever may not read them. */
export function useLoyaltyNames(): { programmes: NamedKey[]; offers: NamedKey[] } {
  const language = useLocale();
  const { workspace } = useSession();
  const seesLoyalty = useCan('loyalty:read');
  const programmes = useQuery({ queryKey: ['programmes', 'keys'], enabled: seesLoyalty, queryFn: () => api.get<Page<{ programme: { key: string; name: Texts } }>>('/programmes', { limit: 50 }) });
  const offers = useQuery({ queryKey: ['offers', 'keys'], enabled: seesLoyalty, queryFn: () => api.get<Page<{ offer: { key: string; name: Texts } }>>('/offers', { limit: 50 }) });
  const named = ({ key, name }: { key: string; name: Texts }): NamedKey => ({ key, name: chooseText(name, language, workspace.language).text || key });
  return { programmes: (programmes.data?.items ?? []).map(({ programme }) => named(programme)), offers: (offers.data?.items ?? []).map(({ offer }) => named(offer)) };
}

export type VariableGroup = { label: string; names: string[] };

/** The paths of variables by where they come from. */
export function useVariables(): VariableGroup[] {
  const t = useTranslations('templates.variables');
  const { programmes, offers } = useLoyaltyNames();
  return [
    { label: t('customer'), names: CUSTOMER_VARIABLES.map((name) => `customer.${name}`) },
    { label: t('loyalty'), names: programmes.map(({ key }) => `balances.${key}`) },
    { label: t('vouchers'), names: offers.flatMap(({ key }) => [`voucher.${key}.code`, `voucher.${key}.validUntil`]) },
    { label: t('event'), names: ['event.properties.orderId', 'event.properties.amountMinor'] },
    { label: t('brand'), names: ['brand.name', 'now'] },
  ].filter(({ names }) => names.length > 0);
}
