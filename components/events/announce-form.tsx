'use client';
/** Says an event of the brand by hand. Whom it would take in, and by which journeys, is counted before it is said. */
import { ActionIcon, Autocomplete, Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { BUSINESS_NAMES } from '#components/events/event-types.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';

type Concerned = { customers: number; inAll: number; isEstimate: boolean; journeys: { id: string; name: string; customers: number }[] };
type Field = { name: string; value: string };

/** What looks like a number is one, so that a journey can compare it. */
const propertiesOf = (fields: Field[]): Record<string, string | number> =>
  Object.fromEntries(fields.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value]));

function FieldRows({ fields, onChange }: { fields: Field[]; onChange: (fields: Field[]) => void }) {
  const t = useTranslations('events.business');
  const put = (index: number, field: Field): void => onChange(fields.map((each, at) => (at === index ? field : each)));
  return (
    <>
      {fields.map((field, index) => (
        <Group key={index} gap={8} wrap="nowrap" align="end">
          <TextInput flex={1} label={t('property')} maxLength={60} value={field.name} onChange={({ currentTarget: { value } }) => put(index, { ...field, name: value })} />
          <TextInput flex={1} label={t('value')} maxLength={200} value={field.value} onChange={({ currentTarget: { value } }) => put(index, { ...field, value })} />
          <ActionIcon aria-label={t('removeProperty')} onClick={() => onChange(fields.filter((_, at) => at !== index))}><IconX size={16} aria-hidden /></ActionIcon>
        </Group>
      ))}
      {fields.length < 20 && <Button variant="subtle" size="xs" style={{ justifySelf: 'start' }} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...fields, { name: '', value: '' }])}>{t('addProperty')}</Button>}
    </>
  );
}

function Preview({ concerned }: { concerned: Concerned }) {
  const t = useTranslations('events.business');
  const formats = useFormats();
  if (concerned.journeys.length === 0) return <p style={{ margin: 0 }}>{t('noJourney')}</p>;
  return (
    <div>
      <strong>{t(concerned.isEstimate ? 'wouldAbout' : 'would', { count: concerned.customers, shown: formats.number(concerned.customers), all: formats.number(concerned.inAll) })}</strong>
      <ul style={{ margin: '4px 0 0', paddingLeft: 18 }}>{concerned.journeys.map(({ id, name, customers }) => <li key={id}>{t('byJourney', { name, count: customers, shown: formats.number(customers) })}</li>)}</ul>
    </div>
  );
}

export function AnnounceForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations('events.business');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const seesStores = useCan('settings:read');
  const [id] = useState(() => crypto.randomUUID());
  const [type, setType] = useState<string>('collection.launched');
  const [store, setStore] = useState<string | null>(null);
  const [fields, setFields] = useState<Field[]>([]);
  const stores = useQuery({ queryKey: ['stores', 'all'], enabled: seesStores, queryFn: ({ signal }) => api.get<Page<{ externalId: string; name: string }>>('/stores', { limit: 200 }, signal) });
  const body = { id, type: type.trim(), properties: propertiesOf(fields), ...(store && { store }) };
  const isType = /^[a-z][a-zA-Z0-9_-]*(\.[a-zA-Z0-9_-]+)*$/.test(body.type);
  const preview = useQuery({ queryKey: ['business-events', 'preview', JSON.stringify(body)], enabled: isType, queryFn: () => api.post<Concerned>('/business-events/preview', body), staleTime: 10_000, retry: false });
  const post = useMutation({
    mutationFn: () => api.post<unknown>('/business-events', body, id),
    onSuccess: async () => {
      notifications.show({ color: 'live', message: t('said') });
      await queries.invalidateQueries({ queryKey: ['business-events'] });
      onClose();
    },
  });
  const problem = post.error ?? preview.error;
  return (
    <Modal opened onClose={onClose} title={t('announce')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form style={{ display: 'grid', gap: 12 }} onSubmit={(event) => { event.preventDefault(); if (isType) post.mutate(); }}>
        <Autocomplete label={t('what')} description={t('whatHelp')} data-autofocus maxLength={100} value={type} onChange={setType} data={[...BUSINESS_NAMES]} renderOption={({ option: { value } }) => <span><span className="code">{value}</span> <span className="quiet">{t(`names.${value.replace('.', '_')}`)}</span></span>} error={isType ? null : t('wrongType')} />
        {seesStores && <Select label={t('store')} placeholder={t('noStore')} clearable clearButtonProps={{ 'aria-label': t('clearStore') }} searchable value={store} onChange={setStore} data={stores.data?.items.map(({ externalId, name }) => ({ value: externalId, label: name })) ?? []} />}
        <FieldRows fields={fields} onChange={setFields} />
        <div role="status" style={{ minHeight: 44 }}>{preview.data && isType && <Preview concerned={preview.data} />}</div>
        {problem && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(problem)}</p>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={post.isPending} disabled={!isType}>{t('say')}</Button></Group>
      </form>
    </Modal>
  );
}
