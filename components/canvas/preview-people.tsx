'use client';
/** The people behind one count of the preview, a page after the other. */
import { Anchor, Button, Skeleton, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { MoveClass } from '#domain/enrollments/move-to-version.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useFormats } from '#components/use-formats.ts';
import { liveApi, type PeoplePolicy } from './live-api.ts';
import classes from './live-changes.module.css';

export function PreviewPeople({ journeyId, policy, what, name }: { journeyId: string; policy: PeoplePolicy; what: MoveClass; name: (nodeId: string) => string }) {
  const t = useTranslations('liveChanges.publish');
  const sentence = useProblemSentence();
  const { dateTime } = useFormats();
  const list = useInfiniteQuery({
    queryKey: ['designer', journeyId, 'previewPeople', what, policy], initialPageParam: '', gcTime: 0,
    queryFn: ({ pageParam }) => liveApi.previewPeople(journeyId, { people: policy, class: what, limit: 10, ...(pageParam && { after: pageParam }) }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (list.isPending) return <Skeleton height={80} mt="xs" />;
  if (list.isError) return <Text size="sm" c="danger" role="alert" mt="xs">{sentence(list.error)}</Text>;
  const when = (at: string | null): string => (at === null ? '…' : dateTime(at));
  return (
    <div className={classes.people} tabIndex={0} role="region" aria-label={t('show')}>
      {list.data.pages.flatMap(({ items }) => items).map((person) => (
        <div key={person.id} className={classes.person}>
          <span><Anchor component={Link} href={`/customers/${person.customerId}`} size="sm">{person.name ?? t('unnamed')}</Anchor> <span className="quiet">{t('at', { step: name(person.nodeId) })}</span></span>
          <span className={classes.detail}>{person.wakeAt === person.wakesThen ? when(person.wakeAt) : t('wakes', { before: when(person.wakeAt), after: when(person.wakesThen) })}</span>
        </div>
      ))}
      {list.hasNextPage && <Button variant="subtle" size="compact-xs" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('more')}</Button>}
    </div>
  );
}
