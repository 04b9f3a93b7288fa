'use client';
/** What a programme's rules may name: stores, categories of products, offers. What the person may not read is empty. */
import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { chooseText } from '#domain/shared/choose-text.ts';
import { api, type Page } from '#components/api-client.ts';
import type { OfferSummary } from '#components/offers/offer-types.ts';
import { useCan, useSession } from '#components/session.tsx';

export type Surroundings = { stores: { externalId: string; name: string; timeZone: string }[]; categories: string[]; offers: { key: string; name: string }[] };

const ALL = { limit: 200 };

export function useProgrammeSurroundings(): Surroundings {
  const language = useLocale();
  const { workspace } = useSession();
  const seesSettings = useCan('settings:read');
  const stores = useQuery({ queryKey: ['stores', 'all'], enabled: seesSettings, queryFn: () => api.get<Page<Surroundings['stores'][number]>>('/stores', ALL) });
  const products = useQuery({ queryKey: ['products', 'all'], enabled: seesSettings, queryFn: () => api.get<Page<{ categories: string[] }>>('/products', ALL) });
  const offers = useQuery({ queryKey: ['offers', 'all'], queryFn: () => api.get<Page<OfferSummary>>('/offers', ALL) });
  return {
    stores: stores.data?.items ?? [],
    categories: [...new Set((products.data?.items ?? []).flatMap(({ categories }) => categories))].sort(),
    offers: (offers.data?.items ?? []).map(({ offer }) => ({ key: offer.key, name: chooseText(offer.name, language, workspace.language).text })),
  };
}
