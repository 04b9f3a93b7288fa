'use client';
/** The box of what has still to be sent, watched by the page: it empties itself when the network is back, and every fifteen seconds while something waits. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSession } from '#components/session.tsx';
import { OutgoingBox, type Outgoing } from '#components/till/outgoing.ts';
import { staffToken } from '#components/till/staff.ts';

const EVERY_MS = 15_000;
const LOCK = 'parcours.till.sending';

const boxes = new Map<string, OutgoingBox>();

/** One box for all parts of the page. A paired till's is its own, and stays the workspace's when the device is paired anew. */
function boxOf(workspaceId: string, tillId: string | null): OutgoingBox {
  const owner = tillId === null ? workspaceId : `paired.${workspaceId}`;
  const box = boxes.get(owner) ?? new OutgoingBox(window.localStorage, owner, undefined, () => (tillId === null ? null : staffToken(tillId)));
  boxes.set(owner, box);
  return box;
}

export function useOutgoing(onSent: () => void): { box: OutgoingBox | null; waiting: Outgoing[]; refused: Outgoing[]; sendNow: () => Promise<void> } {
  const { workspace, till } = useSession();
  const tillId = till?.id ?? null;
  const [items, setItems] = useState<Outgoing[]>([]);
  const box = useMemo(() => (typeof window === 'undefined' ? null : boxOf(workspace.id, tillId)), [workspace.id, tillId]);
  const sendNow = useCallback(async () => {
    if (!box || box.list().every(({ refused }) => refused)) return;
    const before = box.list().length;
    if (navigator.locks) await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => void (lock && (await box.sendAll())));
    else await box.sendAll();
    if (box.list().length < before) onSent();
  }, [box, onSent]);
  useEffect(() => {
    if (!box) return;
    const read = (): void => setItems(box.list());
    read();
    void sendNow();
    const stop = box.subscribe(read);
    const timer = setInterval(() => void sendNow(), EVERY_MS);
    const online = (): void => void sendNow();
    window.addEventListener('storage', read);
    window.addEventListener('online', online);
    return () => {
      stop();
      clearInterval(timer);
      window.removeEventListener('storage', read);
      window.removeEventListener('online', online);
    };
  }, [box, sendNow]);
  return { box, waiting: items.filter(({ refused }) => !refused), refused: items.filter(({ refused }) => refused), sendNow };
}
