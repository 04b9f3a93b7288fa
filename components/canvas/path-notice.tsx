'use client';
/** One customer's path: read from their traces when the address names them, drawn by cards and connections, put away by one click. */
import { Anchor, Button } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { ApiProblem } from '#components/api-client.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { journeyApi } from './journey-api.ts';
import { pathOf } from './journey-path.ts';
import { useSpeech } from './speech-context.tsx';

export function usePath(journeyId: string, customerId: string | null): void {
  const store = useCanvasStore();
  const { data, error } = useQuery({ queryKey: ['designer', journeyId, 'path', customerId], queryFn: () => journeyApi.path(journeyId, customerId ?? ''), enabled: customerId !== null, refetchInterval: 10_000 });
  const never = error instanceof ApiProblem && error.code === 'enrollment.unknown';
  useEffect(() => {
    const nothing = { customerId: customerId ?? '', name: null, here: null, passed: {}, ports: {}, lastAt: {}, ending: null };
    store.getState().set({ path: customerId === null ? null : data ? pathOf(customerId, data) : never ? nothing : null });
  }, [customerId, data, never, store]);
}

export function PathNotice() {
  const { words } = useSpeech();
  const path = useCanvas((state) => state.path);
  const address = usePathname();
  if (!path || path.tried) return null;
  const known = Object.keys(path.passed).length > 0;
  return (
    <div className={classes.pathNotice} role="status">
      <IconRoute size={16} stroke={1.6} aria-hidden />
      {known ? <span>{words('path.title', { name: '' }).trim()} <Anchor component={Link} href={`/customers/${path.customerId}`}>{path.name ?? words('people.unnamed')}</Anchor>{path.ending ? ` · ${words(`ending.${path.ending}`)}` : ''}</span> : <span>{words('path.empty')}</span>}
      <Button component={Link} href={address} variant="default" size="compact-xs">{words('path.close')}</Button>
    </div>
  );
}
