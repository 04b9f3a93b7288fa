'use client';
/** What the till knows before anybody comes: its stores, products and programmes, kept for when the network is gone, and the workspace's time. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, ApiProblem } from '#components/api-client.ts';
import { useSession } from '#components/session.tsx';
import type { OpenTill } from '#components/till/till-types.ts';

const REFRESH_MS = 60_000;
const keptName = (owner: string): string => `parcours.till-kept.${owner}`;

type Kept = OpenTill & { offsetMs?: number };

/** The last answer with how far the workspace's time was from this machine's, or undefined. */
function readKept(owner: string): Kept | undefined {
  try {
    return (JSON.parse(window.localStorage.getItem(keptName(owner)) ?? 'null') as Kept | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function useTill() {
  const { workspace, till: paired } = useSession();
  const owner = paired?.id ?? workspace.id;
  /** How far the workspace's time is from this machine's, as heard last. */
  const offset = useRef(0);
  const hear = useCallback((now: string) => {
    offset.current = Date.parse(now) - Date.now();
  }, []);
  const query = useQuery({
    queryKey: ['till', owner], refetchInterval: REFRESH_MS, networkMode: 'always',
    queryFn: async ({ signal }) => {
      try {
        const till = await api.get<OpenTill>('/till', {}, signal);
        hear(till.now);
        window.localStorage.setItem(keptName(owner), JSON.stringify({ ...till, offsetMs: offset.current } satisfies Kept));
        return till;
      } catch (error) {
        const kept = error instanceof ApiProblem && error.status === 0 ? readKept(owner) : undefined;
        if (!kept) throw error;
        offset.current ||= kept.offsetMs ?? 0;
        return { ...kept, isKept: true as const };
      }
    },
  });
  const now = useCallback(() => Date.now() + offset.current, []);
  return { query, now, hear };
}

/** The store of this till, remembered on this machine; the only one there is when there is one. */
export function useStore(stores: OpenTill['stores'] | undefined): [string | null, (externalId: string | null) => void] {
  const { workspace } = useSession();
  const name = `parcours.till-store.${workspace.id}`;
  const [store, setStore] = useState<string | null>(null);
  useEffect(() => {
    if (!stores) return;
    const kept = window.localStorage.getItem(name);
    setStore((current) => current ?? stores.find(({ externalId }) => externalId === kept)?.externalId ?? (stores.length === 1 ? (stores[0]?.externalId ?? null) : null));
  }, [stores, name]);
  return [store, (externalId) => {
    if (externalId) window.localStorage.setItem(name, externalId);
    setStore(externalId);
  }];
}
