'use client';
/** Stores that speak in a name of their own, channel by channel; everybody else's customers hear from the brand. */
import { ActionIcon, Button, Group, Menu, Modal, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';
import type { StoreSenderChannel } from '#domain/messages/choose-sender.ts';
import { useLoaded } from '#components/ui/use-loaded.ts';
import { api, type Page } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import classes from '#components/settings/settings.module.css';
import type { Store } from '#components/stores/store-types.ts';
import { ErrorState } from '#components/ui/states.tsx';

export type StoreSender = { externalId: string; store: string; channel: StoreSenderChannel; sender: Record<string, string> };
const FIELDS = { email: ['name', 'address', 'replyTo'], sms: ['from'], whatsapp: ['from'] } as const satisfies Record<StoreSenderChannel, readonly string[]>;
const CHANNELS = ['email', 'sms', 'whatsapp'] as const satisfies readonly StoreSenderChannel[];
/** By which a form checks what was typed: loaded with the form. */
const loadSenders = async () => (await import('#domain/messages/choose-sender.ts')).STORE_SENDERS;
const addressOf = ({ externalId, channel }: { externalId: string; channel: StoreSenderChannel }): string => `/stores/${encodeURIComponent(externalId)}/senders/${channel}`;

function StoreSenderForm({ known, onClose }: { known: StoreSender | null; onClose: () => void }) {
  const t = useTranslations('settings.storeSenders');
  const ui = useTranslations('ui');
  const senders = useTranslations('settings.senders');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [externalId, setStore] = useState<string | null>(known?.externalId ?? null);
  const [channel, setChannel] = useState<StoreSenderChannel>(known?.channel ?? 'email');
  const [typed, setTyped] = useState<Record<string, string>>(known?.sender ?? {});
  const stores = useQuery({ queryKey: ['stores', 'senders'], queryFn: ({ signal }) => api.get<Page<Store>>('/stores', { limit: 200 }, signal) });
  const given = Object.fromEntries(FIELDS[channel].flatMap((field) => (typed[field]?.trim() ? [[field, typed[field].trim()]] : [])));
  const parsed = useLoaded(true, loadSenders)?.[channel].safeParse(given);
  const wrong = new Set(!parsed || parsed.success ? [] : parsed.error.issues.map(({ path: [field] }) => String(field ?? '')));
  const save = useMutation({
    mutationFn: (store: string) => api.put(addressOf({ externalId: store, channel }), given),
    onSuccess: async () => {
      notifications.show({ color: 'live', message: t('saved') });
      await queries.invalidateQueries({ queryKey: ['store-senders'] });
      onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (externalId !== null && parsed?.success) save.mutate(externalId);
  };
  return (
    <Modal opened onClose={onClose} title={t(known ? 'change' : 'add')} closeButtonProps={{ 'aria-label': ui('close') }}>
      <form style={{ display: 'grid', gap: 12 }} onSubmit={submit}>
        <Select label={t('store')} searchable allowDeselect={false} disabled={known !== null} value={externalId} onChange={setStore} data={(stores.data?.items ?? []).map(({ externalId: value, name }) => ({ value, label: name }))} />
        <Select label={t('channel')} allowDeselect={false} disabled={known !== null} value={channel} onChange={(value) => setChannel(CHANNELS.find((each) => each === value) ?? channel)} data={CHANNELS.map((value) => ({ value, label: senders(`channels.${value}`) }))} />
        {FIELDS[channel].map((field) => (
          <TextInput key={field} label={t(`field.${field}`)} description={t(`help.${field}`)} value={typed[field] ?? ''} error={typed[field]?.trim() && wrong.has(field) ? t(`help.${field}`) : null} onChange={(event) => setTyped({ ...typed, [field]: event.currentTarget.value })} />
        ))}
        {save.error && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(save.error)}</p>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{ui('cancel')}</Button><Button type="submit" loading={save.isPending} disabled={externalId === null || !parsed?.success}>{t('save')}</Button></Group>
      </form>
    </Modal>
  );
}

export function StoreSenders({ onTest }: { onTest: (sender: StoreSender) => void }) {
  const t = useTranslations('settings.storeSenders');
  const names = useTranslations('settings.senders');
  const mayWrite = useCan('settings:write');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [edited, setEdited] = useState<StoreSender | 'new' | null>(null);
  const senders = useQuery({ queryKey: ['store-senders'], queryFn: ({ signal }) => api.get<{ items: StoreSender[] }>('/store-senders', {}, signal) });
  const remove = useMutation({
    mutationFn: (sender: StoreSender) => api.delete(addressOf(sender)), onSettled: () => queries.invalidateQueries({ queryKey: ['store-senders'] }),
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const items = senders.data?.items ?? [];
  return (
    <section aria-labelledby="store-senders" className={classes.domains}>
      <h2 id="store-senders">{t('title')}</h2>
      <p className="quiet">{t('about')}</p>
      {senders.error && <ErrorState error={senders.error} onRetry={() => void senders.refetch()} />}
      {items.length > 0 && (
        <div className={classes.records} tabIndex={0} role="group" aria-label={t('title')}>
          <table>
            <thead><tr><th scope="col">{t('store')}</th><th scope="col">{t('channel')}</th><th scope="col">{t('speaksAs')}</th>{mayWrite && <th scope="col"><span className={classes.hidden}>{t('actions')}</span></th>}</tr></thead>
            <tbody>
              {items.map((item) => (
                <tr key={`${item.externalId} ${item.channel}`}>
                  <td>{item.store}</td><td>{names(`channels.${item.channel}`)}</td>
                  <td>{FIELDS[item.channel].flatMap((field) => (item.sender[field] ? [t('said', { field: t(`field.${field}`), value: item.sender[field] })] : [])).join(' · ')}</td>
                  {mayWrite && (
                    <td>
                      <Menu>
                        <Menu.Target><ActionIcon size={28} aria-label={t('actionsNamed', { store: item.store, channel: names(`channels.${item.channel}`) })}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
                        <Menu.Dropdown>
                          <Menu.Item onClick={() => setEdited(item)}>{t('change')}</Menu.Item>
                          {item.channel !== 'whatsapp' && <Menu.Item onClick={() => onTest(item)}>{names('test')}</Menu.Item>}
                          <Menu.Item color="danger" onClick={() => remove.mutate(item)}>{t('remove')}</Menu.Item>
                        </Menu.Dropdown>
                      </Menu>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {mayWrite && senders.data && <Group><Button variant="default" size="compact-md" leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />} onClick={() => setEdited('new')}>{t('add')}</Button></Group>}
      {edited && <StoreSenderForm known={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </section>
  );
}
