'use client';
/** The test clock of a sandbox: what time it is there, and jumps over an hour, a day, a week, or to the next thing that is due. */
import { Loader, Menu, Text, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconClockHour4, IconPlayerTrackNext } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { api } from '#components/api-client.ts';
import classes from '#components/frame/frame.module.css';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useFormats } from '#components/use-formats.ts';

type Clock = { kind: 'live' | 'sandbox'; now: string; standsAt: string | null; offsetMs: number; nextAt?: string | null };
type Jump = { jumpId: string; state: 'running' | 'done'; startedFrom: string; targetAt: string; reachedAt: string; steps: number };
type Target = { bySeconds: number } | { to: string };

const STEPS = [['hour', 3_600], ['day', 86_400], ['week', 7 * 86_400]] as const;
const HEARTBEAT_MS = 1_000;

/** The clock, moved on between two readings by the browser's own. */
function useWorkspaceNow(clock: Clock | undefined, readAt: number): number | null {
  const [, beat] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => beat((count) => count + 1), HEARTBEAT_MS * 10);
    return () => clearInterval(timer);
  }, []);
  if (!clock) return null;
  return clock.standsAt ? Date.parse(clock.standsAt) : Date.parse(clock.now) + Math.max(0, Date.now() - readAt);
}

export function ClockMenu() {
  const t = useTranslations('frame.clock');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [following, setFollowing] = useState<string | null>(null);
  const clock = useQuery({ queryKey: ['clock'], queryFn: ({ signal }) => api.get<Clock>('/clock', {}, signal), refetchInterval: 30_000 });
  const settle = async (jump: Jump): Promise<void> => {
    if (jump.state === 'running') return setFollowing(jump.jumpId);
    setFollowing(null);
    notifications.show({ color: 'live', message: t('jumped', { at: formats.dateTime(jump.targetAt), steps: jump.steps }) });
    await queries.invalidateQueries();
  };
  const jump = useMutation({
    mutationFn: (target: Target) => api.post<Jump>('/clock/jump', target),
    onSuccess: settle,
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const progress = useQuery({
    queryKey: ['clock', 'jump', following], enabled: following !== null, refetchInterval: HEARTBEAT_MS,
    queryFn: async ({ signal }) => {
      const read = await api.get<Jump>(`/clock/jumps/${following}`, {}, signal);
      if (read.state === 'done') await settle(read);
      return read;
    },
  });
  const now = useWorkspaceNow(clock.data, clock.dataUpdatedAt);
  const busy = jump.isPending || following !== null;
  const shown = busy && progress.data ? Date.parse(progress.data.reachedAt) : now;
  if (shown === null) return null;
  const next = clock.data?.nextAt ?? null;
  return (
    <Menu width={260}>
      <Menu.Target>
        <UnstyledButton className={classes.clock} aria-label={t('label', { at: formats.dateTime(shown) })}>
          {busy ? <Loader size={14} color="warning" /> : <IconClockHour4 size={16} stroke={1.6} aria-hidden />}
          <span className={classes.clockDate} suppressHydrationWarning>{formats.date(shown)}</span><span suppressHydrationWarning>{formats.time(shown)}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('title')}</Menu.Label>
        <Text size="xs" c="dimmed" px="sm" pb="xs">{busy ? t('running') : t('about')}</Text>
        {STEPS.map(([name, bySeconds]) => (
          <Menu.Item key={name} disabled={busy} leftSection={<IconPlayerTrackNext size={16} stroke={1.6} aria-hidden />} onClick={() => jump.mutate({ bySeconds })}>{t(`by.${name}`)}</Menu.Item>
        ))}
        <Menu.Item disabled={busy || next === null} leftSection={<IconPlayerTrackNext size={16} stroke={1.6} aria-hidden />} onClick={() => next !== null && jump.mutate({ to: next })}>
          {next === null ? t('nothingDue') : t('toNext', { at: formats.dateTime(next) })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
