'use client';
/** The browsers in which the customer takes notifications; nothing is shown of whoever has none. */
import { ActionIcon } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { api } from '#components/api-client.ts';
import classes from '#components/customers/customers.module.css';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';

type Device = { id: string; service: string; userAgent: string | null; createdAt: string; seenAt: string };
const BROWSERS = ['Firefox', 'Edg', 'Chrome', 'Safari'] as const;
const browserOf = ({ userAgent, service }: Device): string => BROWSERS.find((name) => userAgent?.includes(name))?.replace('Edg', 'Edge') ?? service;

export function CustomerDevices({ customerId }: { customerId: string }) {
  const t = useTranslations('customers.devices');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('customers:write');
  const queryKey = ['customers', customerId, 'devices'];
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => api.get<{ items: Device[] }>(`/customers/${customerId}/push-subscriptions`, {}, signal) });
  const remove = useMutation({
    mutationFn: (id: string) => api.delete(`/customers/${customerId}/push-subscriptions/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <div className={classes.lines}>
        {data.items.map((device) => (
          <div key={device.id} className={classes.consent}>
            <div><div>{browserOf(device)}</div><div className={classes.small}>{t('seen', { at: formats.date(device.seenAt) })}</div></div>
            {mayWrite && <ActionIcon variant="subtle" color="gray" aria-label={t('remove', { name: browserOf(device) })} loading={remove.isPending} onClick={() => remove.mutate(device.id)}><IconX size={16} aria-hidden /></ActionIcon>}
          </div>
        ))}
      </div>
    </section>
  );
}
