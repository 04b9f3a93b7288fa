'use client';
/** What stands in the place of content: nothing yet, something failed, no permission, or a moment to wait. */
import { Button, Skeleton } from '@mantine/core';
import { IconAlertCircle, IconLock } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState, type ReactNode } from 'react';
import { ApiProblem } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import classes from '#components/ui/ui.module.css';

/** What this is for, and one action. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.state}>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

/** Who is not allowed reads who can give it; any other failure reads what happened and may try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useTranslations('ui');
  const sentence = useProblemSentence();
  const refused = error instanceof ApiProblem && error.status === 403;
  const Icon = refused ? IconLock : IconAlertCircle;
  return (
    <div className={classes.state} role="alert">
      <Icon size={24} stroke={1.6} aria-hidden />
      <h2>{t(refused ? 'noPermission' : 'failed')}</h2>
      <p>{refused ? t('askAnOwner') : sentence(error)}</p>
      {!refused && onRetry && <Button variant="default" onClick={onRetry}>{t('retry')}</Button>}
    </div>
  );
}

/** Lines that are on their way; nothing is shown for the first 200 ms. */
export function LoadingState({ lines = 6 }: { lines?: number }) {
  const t = useTranslations('ui');
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={t('loading')} style={{ padding: 12, minHeight: lines * 28 }}>
      {shown && Array.from({ length: lines }, (_, index) => <Skeleton key={index} height={14} mb={14} width={`${92 - ((index * 17) % 40)}%`} />)}
    </div>
  );
}
