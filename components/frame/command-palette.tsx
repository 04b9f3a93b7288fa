'use client';
/** Ctrl-K: the places of the interface, journeys by name, and customers by name, e-mail, phone or card. */
import { Spotlight, spotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAffiliate, IconSearch, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { customerSearchBody, displayNameOf, type CustomerSummary } from '#components/customers/customer-types.ts';
import { placesFor } from '#components/frame/places.ts';
import { useSession } from '#components/session.tsx';

/** A list longer than its window is scrolled from the keyboard too; the list hands it on to its scroll area. */
const SCROLLED_BY_KEYS = { viewportProps: { tabIndex: 0 } };

/** Opens whenever `searches` has grown; `typed` is what was typed before the field had the keyboard. */
export function CommandPalette({ searches, typed }: { searches: number; typed: string }) {
  const t = useTranslations('frame');
  const router = useRouter();
  const { scopes, workspace } = useSession();
  const [query, setQuery] = useState('');
  useEffect(() => spotlight.open(), [searches]);
  useEffect(() => setQuery(typed), [typed]);
  const [asked] = useDebouncedValue(query.trim(), 200);
  const customers = useQuery({
    queryKey: ['customers', 'palette', asked], enabled: asked.length >= 2 && scopes.includes('customers:read'),
    queryFn: () => api.post<Page<CustomerSummary>>('/customers/search', { ...customerSearchBody(asked), limit: 6 }).catch(() => ({ items: [], next: null })),
  });
  const journeys = useQuery({
    queryKey: ['journeys', 'palette'], enabled: asked.length >= 2 && scopes.includes('journeys:read'),
    queryFn: () => api.get<Page<{ id: string; name: string }>>('/journeys', { limit: 200 }),
  });
  const places = placesFor({ scopes, kind: workspace.kind }).flatMap((place) => (place.inside?.length ? place.inside.map(({ name, address }) => ({ name, address, icon: place.icon })) : [place]));
  const fits = (text: string, sought: string): boolean => text.toLowerCase().includes(sought.trim().toLowerCase());
  const listsOf = (sought: string) => [
    { label: t('palette.customers'), actions: asked.length >= 2 && asked === sought.trim() ? (customers.data?.items ?? []).map((one) => ({ id: one.id, label: displayNameOf(one) || t('palette.unnamed'), address: `/customers/${one.id}`, icon: IconUser })) : [] },
    { label: t('palette.journeys'), actions: asked.length >= 2 ? (journeys.data?.items ?? []).filter(({ name }) => fits(name, sought)).slice(0, 6).map((one) => ({ id: one.id, label: one.name, address: `/journeys/${one.id}`, icon: IconAffiliate })) : [] },
    { label: t('palette.places'), actions: places.map(({ name, address, icon }) => ({ id: address, label: t(`places.${name}`), address, icon })).filter(({ label }) => fits(label, sought)) },
  ].filter(({ actions }) => actions.length > 0);
  const lists = listsOf(query);
  /** Enter leads to the first that was found when the arrows have chosen none. */
  const takeFirst = (event: KeyboardEvent<HTMLInputElement>): void => {
    // What stands in the field, which may be ahead of what is shown.
    const first = listsOf(event.currentTarget.value)[0]?.actions[0];
    if (event.key !== 'Enter' || !first || event.currentTarget.closest('[role="dialog"]')?.querySelector('[data-selected]')) return;
    spotlight.close();
    router.push(first.address);
  };
  return (
    <Spotlight.Root attributes={{ content: { 'aria-label': t('search') } }} overlayProps={{ blur: 0, backgroundOpacity: 0.4 }} query={query} onQueryChange={setQuery} shortcut={null} scrollable maxHeight={420}>
      <Spotlight.Search onKeyDown={takeFirst} placeholder={t('palette.placeholder')} aria-label={t('search')} leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />} />
      <Spotlight.ActionsList {...SCROLLED_BY_KEYS}>
        {lists.map(({ label, actions }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {actions.map(({ id, label: text, address, icon: Icon }) => (
              <Spotlight.Action key={id} label={text} leftSection={<Icon size={16} stroke={1.6} aria-hidden />} onClick={() => router.push(address)} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {lists.length === 0 && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
