'use client';
/** What the customer said of being contacted, per purpose and channel; a change is kept with its source and obeyed at once. */
import { Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '#components/api-client.ts';
import type { ConsentLine, CustomerDetail } from '#components/customers/customer-types.ts';
import { LocationConsent } from '#components/customers/location-consent.tsx';
import classes from '#components/customers/customers.module.css';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { useChannelName } from '#components/use-channel-name.ts';
import { useFormats } from '#components/use-formats.ts';
import { CHANNELS } from '#domain/customers/channels.ts';
import type { ConsentPurpose } from '#domain/customers/consent.ts';

// Types alone are imported: the domain's schemas would weigh more than this page.
const PURPOSES = ['marketing', 'transactional'] as const satisfies readonly ConsentPurpose[];

/** Where a consent that was changed on this page comes from. */
const SOURCE = 'customerCard';
const KNOWN_SOURCES = ['till', 'preferencePage', 'unsubscribeLink', 'smsKeyword', 'whatsappKeyword', 'import', 'customerCard', 'event', 'website', 'place', 'app', 'browser'];

export function CustomerConsents({ customer }: { customer: CustomerDetail }) {
  const t = useTranslations('customers.consents');
  const formats = useFormats();
  const by = useChannelName('by');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const sourceName = (source: string): string => (KNOWN_SOURCES.includes(source) ? t(`sources.${source}`) : source);
  const mayChange = useCan('customers:write');
  const change = useMutation({
    mutationFn: (consent: Pick<ConsentLine, 'purpose' | 'channel' | 'state'>) => api.put<{ consents: ConsentLine[] }>(`/customers/${customer.id}/consents`, { consents: [{ ...consent, source: SOURCE }] }),
    onSuccess: async () => {
      notifications.show({ color: 'live', message: t('saved') });
      await queries.invalidateQueries({ queryKey: ['customers', customer.id] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const lines = PURPOSES.flatMap((purpose) => CHANNELS.map((channel) => ({ purpose, channel, said: customer.consents.find((one) => one.purpose === purpose && one.channel === channel) })));
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <div className={classes.lines}>
        {lines.map(({ purpose, channel, said }) => (
          <div key={purpose + channel} className={classes.consent}>
            <div>
              <div>{t(`of.${purpose}`, { by: by(channel) })}</div>
              <div className={classes.small}>{said ? t('since', { at: formats.date(said.at), source: sourceName(said.source) }) : t(`unsaid.${purpose}`)}</div>
            </div>
            <Select
              aria-label={t(`of.${purpose}`, { by: by(channel) })} w={116} size="xs" disabled={!mayChange || change.isPending} allowDeselect={false} placeholder={t('states.none')} value={said?.state ?? null}
              data={[{ value: 'granted', label: t('states.granted') }, { value: 'denied', label: t('states.denied') }]}
              onChange={(state) => (state === 'granted' || state === 'denied') && state !== said?.state && change.mutate({ purpose, channel, state })}
            />
          </div>
        ))}
        <LocationConsent customerId={customer.id} sourceName={sourceName} />
      </div>
    </section>
  );
}
