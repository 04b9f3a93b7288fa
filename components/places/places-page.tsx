'use client';
/** All places: what each is, how often it was visited, and its code to print, to renew or to take out of use. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconDots, IconPlus, IconPrinter } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { PlaceForm } from '#components/places/place-form.tsx';
import type { Place } from '#components/places/place-types.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { ConfirmWithNumbers } from '#components/ui/confirm-with-numbers.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

type Act = { place: Place; kind: 'close' | 'renew' | 'open' };

function Acts({ place, onAct }: { place: Place; onAct: (act: Act) => void }) {
  const t = useTranslations('places');
  const mayWrite = useCan('places:write');
  return (
    <div style={{ display: 'flex', gap: 6, justifyContent: 'flex-end' }}>
      <Button component={Link} href={`/places/${place.key}/poster`} size="xs" variant="default" leftSection={<IconPrinter size={14} aria-hidden />} aria-label={t('printNamed', { name: place.name })}>{t('print')}</Button>
      {mayWrite && (
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={t('actionsNamed', { name: place.name })}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            {place.closedAt === null && <Menu.Item onClick={() => onAct({ place, kind: 'renew' })}>{t('renew')}</Menu.Item>}
            <Menu.Item {...(place.closedAt === null && { color: 'danger' })} onClick={() => onAct({ place, kind: place.closedAt === null ? 'close' : 'open' })}>{t(place.closedAt === null ? 'close' : 'reopen')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

export function PlacesPage() {
  const t = useTranslations('places');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('places:write');
  const [edited, setEdited] = useState<Place | 'new' | null>(null);
  const [asked, setAsked] = useState<Act | null>(null);
  const act = useMutation({
    mutationFn: ({ place, kind }: Act) => api.post<Place>(`/places/${place.key}/${kind}`),
    onSuccess: async ({ name }, { kind }) => {
      setAsked(null);
      notifications.show({ color: 'live', message: t(`did.${kind}`, { name }) });
      await queries.invalidateQueries({ queryKey: ['places'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const add = mayWrite ? <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>{t('new')}</Button> : null;
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}>{add}</PageHeader>
      <DataTable<Place>
        label={t('title')} csvName="places" queryKey={['places']} rowKey={({ id }) => id} fetchPage={(after, signal) => api.get<Page<Place>>('/places', { after }, signal)}
        empty={<EmptyState title={t('empty')} action={add}>{t('emptyHelp')}</EmptyState>}
        columns={[
          { key: 'name', header: t('name'), render: (place) => (mayWrite && place.kind !== 'join' ? <Button variant="transparent" size="compact-sm" px={0} onClick={() => setEdited(place)}>{place.name}</Button> : place.name), csv: ({ name }) => name },
          { key: 'kind', header: t('kind'), render: ({ kind }) => <span style={{ whiteSpace: 'nowrap' }}>{t(`kinds.${kind}`)}</span>, csv: ({ kind }) => kind },
          { key: 'state', header: t('state'), render: ({ closedAt }) => <StatusBadge tone={closedAt ? 'quiet' : 'live'}>{t(closedAt ? 'states.closed' : 'states.open')}</StatusBadge>, csv: ({ closedAt }) => (closedAt ? 'closed' : 'open') },
          { key: 'store', header: t('store'), render: ({ storeName }) => storeName, csv: ({ store }) => store },
          { key: 'visits', header: t('visits'), align: 'right', render: ({ visits }) => formats.number(visits), csv: ({ visits }) => visits },
          { key: 'visitors', header: t('visitors'), align: 'right', render: ({ visitors }) => formats.number(visitors), csv: ({ visitors }) => visitors },
          { key: 'acts', header: t('code'), align: 'right', render: (place) => <Acts place={place} onAct={(chosen) => (chosen.kind === 'open' ? act.mutate(chosen) : setAsked(chosen))} /> },
        ]}
      />
      {edited && <PlaceForm place={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      <ConfirmWithNumbers busy={act.isPending} onClose={() => setAsked(null)} onConfirm={() => asked && act.mutate(asked)}
        confirmation={asked && asked.kind !== 'open' ? { title: t(`confirm.${asked.kind}.title`, { name: asked.place.name }), consequences: [t(`confirm.${asked.kind}.prints`), t('confirm.visits', { count: asked.place.visits })], action: t(asked.kind), danger: true } : null} />
    </>
  );
}
