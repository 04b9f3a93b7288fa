'use client';
/** Where one is signed in: end one session, or all but this one. */
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import classes from '#components/account/account.module.css';
import { deviceOf } from '#components/account/device-of.ts';
import { ApiProblem, PAGE_HEADERS } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

type Listed = { items: { id: string; userAgent: string | null; createdAt: string; seenAt: string; current: boolean }[] };
type End = 'others' | { sessionId: string };

async function ask(end?: End): Promise<Listed> {
  const response = await fetch('/api/account/sessions', end === undefined ? {} : { method: 'POST', headers: { ...PAGE_HEADERS, 'content-type': 'application/json' }, body: JSON.stringify({ end }) }).catch(() => null);
  const body: unknown = await response?.json().catch(() => null);
  if (response?.ok) return body as Listed;
  throw new ApiProblem(response?.status ?? 0, response === null ? 'offline' : typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : 'internal', '');
}

export function SessionsSection() {
  const t = useTranslations('account.sessions');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: ['account', 'sessions'], queryFn: () => ask() });
  const ending = useMutation({
    mutationFn: (end: End) => ask(end),
    onSuccess: (left, end) => {
      queries.setQueryData(['account', 'sessions'], left);
      notifications.show({ color: 'live', message: t(end === 'others' ? 'othersEnded' : 'ended') });
    },
    onError: (error) => {
      notifications.show({ color: 'danger', message: sentence(error) });
      void sessions.refetch();
    },
  });
  const nameOf = (userAgent: string | null): string => {
    const { browser, system } = deviceOf(userAgent);
    return browser && system ? t('device', { browser, system }) : (browser ?? system ?? t('unknownDevice'));
  };
  const items = sessions.data?.items ?? [];
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{t('title')}</h2>
      <p className={classes.about}>{t('about')}</p>
      {sessions.isPending ? <LoadingState lines={2} /> : sessions.isError ? <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} /> : (
        <>
          <ul className={classes.list}>
            {items.map(({ id, userAgent, createdAt, seenAt, current }) => (
              <li key={id}>
                <span className={classes.grow}>{nameOf(userAgent)}<small>{current ? t('since', { at: formats.dateTime(createdAt) }) : t('seen', { seen: formats.dateTime(seenAt), at: formats.dateTime(createdAt) })}</small></span>
                {current ? <StatusBadge tone="live">{t('current')}</StatusBadge> : <Button variant="default" size="xs" disabled={ending.isPending} onClick={() => ending.mutate({ sessionId: id })} aria-label={t('endNamed', { name: nameOf(userAgent) })}>{t('end')}</Button>}
              </li>
            ))}
          </ul>
          {items.length > 1 && <Group><Button variant="default" loading={ending.isPending} onClick={() => ending.mutate('others')}>{t('endOthers', { count: items.length - 1 })}</Button></Group>}
        </>
      )}
    </section>
  );
}
