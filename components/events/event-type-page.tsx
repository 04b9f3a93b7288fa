'use client';
/** One type of events: what its events hold, as learned; what is agreed; and a journey that begins with it. */
import { Button, Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconAffiliate } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import classes from '#components/events/events.module.css';
import { PropertyRules } from '#components/events/property-rules.tsx';
import { linesOf, schemaOf, type RegisteredType, type TriedSchema } from '#components/events/registry-types.ts';
import { useProblemSentence, useReasonSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState, ErrorState, LoadingState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

/** What the schema on the screen would have done to the last events. */
function Tried({ tried }: { tried: TriedSchema }) {
  const t = useTranslations('events.registry');
  const sentence = useReasonSentence();
  return (
    <div role="status" className={classes.tried}>
      <b>{tried.failing === 0 ? t('allHold', { count: tried.samples }) : t('someFail', { failing: tried.failing, count: tried.samples })}</b>
      {tried.faults.length > 0 && <ul>{tried.faults.map(({ code, path, count }) => <li key={`${code} ${path.join('.')}`}><span className="code">{path.slice(1).join('.')}</span>: {sentence({ code })} ({count})</li>)}</ul>}
    </div>
  );
}

function Schema({ registered }: { registered: RegisteredType }) {
  const t = useTranslations('events.registry');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayAgree = useCan('events:agree');
  const [lines, setLines] = useState(() => linesOf(registered));
  const [others, setOthers] = useState((registered.agreed ?? registered.proposed).others);
  const path = `/event-types/${encodeURIComponent(registered.type)}/schema`;
  const schema = schemaOf(lines, others);
  const done = async (message: string): Promise<void> => {
    notifications.show({ color: 'live', message });
    await queries.invalidateQueries({ queryKey: ['event-types'] });
  };
  const onError = (error: unknown): void => void notifications.show({ color: 'danger', message: sentence(error) });
  const tryOut = useMutation({ mutationFn: () => api.post<TriedSchema>(`${path}/try`, { schema }), onError });
  const agree = useMutation({ mutationFn: () => api.put(path, { version: registered.version, schema }), onError, onSuccess: () => done(t('agreedNow', { type: registered.type })) });
  const end = useMutation({ mutationFn: () => api.delete(path, { version: registered.version }), onError, onSuccess: () => done(t('endedNow', { type: registered.type })) });
  return (
    <>
      {lines.length === 0 ? <EmptyState title={t('noProperties')}>{t('noPropertiesHelp')}</EmptyState> : <PropertyRules lines={lines} samples={registered.learned.samples} editable={mayAgree} onChange={(next) => { setLines(next); tryOut.reset(); }} />}
      {mayAgree && (
        <div className={classes.agree}>
          <Switch label={t('refuseOthers')} checked={others === 'refused'} onChange={(event) => { setOthers(event.currentTarget.checked ? 'refused' : 'accepted'); tryOut.reset(); }} />
          {tryOut.data && <Tried tried={tryOut.data} />}
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
            <Button variant="default" loading={tryOut.isPending} onClick={() => tryOut.mutate()}>{t('try', { count: registered.learned.samples })}</Button>
            <Button loading={agree.isPending} onClick={() => agree.mutate()}>{t(registered.agreed ? 'agreeAgain' : 'agree')}</Button>
            {registered.agreed && <Button variant="subtle" color="danger" loading={end.isPending} onClick={() => end.mutate()}>{t('end')}</Button>}
          </div>
        </div>
      )}
      {registered.versions.length > 0 && (
        <section>
          <h2>{t('history')}</h2>
          <ul>{registered.versions.map((version) => <li key={version.version}>{t(version.schema ? 'versionAgreed' : 'versionEnded', { version: version.version, who: version.agreedByName ?? version.agreedBy, at: formats.dateTime(version.agreedAt) })}</li>)}</ul>
        </section>
      )}
    </>
  );
}

export function EventTypePage({ type }: { type: string }) {
  const t = useTranslations('events');
  const mayDraw = useCan('journeys:write');
  const query = useQuery({ queryKey: ['event-types', 'one', type], queryFn: ({ signal }) => api.get<RegisteredType>(`/event-types/${encodeURIComponent(type)}`, {}, signal), refetchOnWindowFocus: false });
  const back = { href: '/events', label: t('title') };
  if (query.isPending) return <><PageHeader title={type} back={back} /><LoadingState lines={8} /></>;
  if (query.isError) return <><PageHeader title={type} back={back} /><ErrorState error={query.error} onRetry={() => void query.refetch()} /></>;
  const registered = query.data;
  const state = registered.agreed ? <StatusBadge tone="live">{t('registry.isAgreed', { version: registered.version })}</StatusBadge> : <StatusBadge tone="quiet">{t('registry.isLearned')}</StatusBadge>;
  return (
    <>
      <PageHeader title={<span className="code">{type}</span>} back={back} badge={state} lede={t('registry.lede', { count: registered.learned.samples })}>
        {mayDraw && <Button component={Link} href={`/journeys/new?event=${encodeURIComponent(type)}`} leftSection={<IconAffiliate size={16} aria-hidden />}>{t('startJourney')}</Button>}
      </PageHeader>
      {registered.quarantined > 0 && <p><Link href="/events?tab=quarantined">{t('registry.quarantined', { count: registered.quarantined })}</Link></p>}
      <Schema key={registered.version} registered={registered} />
    </>
  );
}
