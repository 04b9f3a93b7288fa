'use client';
/** Whether the customer may be located: a consent of its own, that names no channel (§1.10). */
import { Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '#components/api-client.ts';
import classes from '#components/customers/customers.module.css';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';

type Said = { state: 'granted' | 'denied' | 'unsaid'; source: string | null; at: string | null };
const OWN_SOURCE = 'customerCard';

export function LocationConsent({ customerId, sourceName }: { customerId: string; sourceName: (source: string) => string }) {
  const t = useTranslations('customers.consents');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayChange = useCan('customers:write');
  const queryKey = ['customers', customerId, 'location'];
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => api.get<Said>(`/customers/${customerId}/location-consent`, {}, signal) });
  const change = useMutation({
    mutationFn: (state: 'granted' | 'denied') => api.put<Said>(`/customers/${customerId}/location-consent`, { state, source: OWN_SOURCE }),
    onSuccess: async () => {
      notifications.show({ color: 'live', message: t('saved') });
      await queries.invalidateQueries({ queryKey });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  return (
    <div className={classes.consent}>
      <div>
        <div>{t('location')}</div>
        <div className={classes.small}>{data?.at && data.source ? t('since', { at: formats.date(data.at), source: sourceName(data.source) }) : t('unsaid.location')}</div>
      </div>
      <Select aria-label={t('location')} w={116} size="xs" disabled={!mayChange || change.isPending} allowDeselect={false} placeholder={t('states.none')} value={data && data.state !== 'unsaid' ? data.state : null}
        data={[{ value: 'granted', label: t('states.granted') }, { value: 'denied', label: t('states.denied') }]} onChange={(state) => (state === 'granted' || state === 'denied') && state !== data?.state && change.mutate(state)} />
    </div>
  );
}
