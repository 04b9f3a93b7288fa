'use client';
/** In which stores a journey begins, by their names; nothing where it begins anywhere. */
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { api, type Page } from '#components/api-client.ts';
import { useSession } from '#components/session.tsx';

const MOST_NAMED = 3;
const MOST = 200;

/** Asks for the names once, and only where there is a store to name. */
export function StoreNames({ stores }: { stores: readonly string[] | null }) {
  const t = useTranslations('journeys');
  const locale = useLocale();
  const own = useSession().stores;
  const asked = useQuery({ queryKey: ['stores', 'names'], enabled: stores !== null && own === null, staleTime: 300_000, queryFn: ({ signal }) => api.get<Page<{ externalId: string; name: string }>>('/stores', { limit: MOST }, signal) });
  if (stores === null) return null;
  const known = own ?? asked.data?.items ?? [];
  const names = stores.map((key) => known.find(({ externalId }) => externalId === key)?.name ?? key);
  return <span className="quiet">{names.length > MOST_NAMED ? t('inStores', { count: names.length }) : new Intl.ListFormat(locale, { type: 'conjunction' }).format(names)}</span>;
}
