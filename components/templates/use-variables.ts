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

/** `name` is the path that a text writes, `label` what a person calls it. */
export type Variable = { name: string; label: string };
export type VariableGroup = { label: string; variables: Variable[] };

/** What a text may say, by where it comes from. */
export function useVariables(): VariableGroup[] {
  const t = useTranslations('templates.variables');
  const { programmes, offers } = useLoyaltyNames();
  return [
    { label: t('customer'), variables: CUSTOMER_VARIABLES.map((name) => ({ name: `customer.${name}`, label: t(`names.${name}`) })) },
    { label: t('loyalty'), variables: programmes.map(({ key, name }) => ({ name: `balances.${key}`, label: t('names.balance', { name }) })) },
    { label: t('vouchers'), variables: offers.flatMap(({ key, name }) => (['code', 'validUntil'] as const).map((what) => ({ name: `voucher.${key}.${what}`, label: t(`names.${what}`, { name }) }))) },
    { label: t('event'), variables: (['orderId', 'amountMinor'] as const).map((what) => ({ name: `event.properties.${what}`, label: t(`names.${what}`) })) },
    { label: t('brand'), variables: [{ name: 'brand.name', label: t('names.brandName') }, { name: 'now', label: t('names.now') }] },
  ].filter(({ variables }) => variables.length > 0);
}

/** What a person calls a variable: its path where it has no other name. */
export function useVariableLabel(): (name: string) => string {
  const groups = useVariables();
  return (name) => groups.flatMap(({ variables }) => variables).find((one) => one.name === name)?.label ?? name;
}
