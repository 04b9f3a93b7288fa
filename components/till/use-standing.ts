'use client';
/** Who stands at a paired till: until they leave, until nothing has been touched for ten minutes, or until the server no longer knows their PIN. */
import { useCallback, useEffect, useState } from 'react';
import { readStaff, writeStaff, type StandingStaff } from '#components/till/staff.ts';
import type { OpenTill } from '#components/till/till-types.ts';

const IDLE_MS = 10 * 60_000;
const LOOK_EVERY_MS = 15_000;
const TOUCHES = ['pointerdown', 'keydown'] as const;

export type Standing = { staff: StandingStaff | null; known: boolean; arrive: (staff: StandingStaff) => void; leave: () => void };

export function useStanding(tillId: string, open: OpenTill | undefined, openedAt: number): Standing {
  const [staff, setStaff] = useState<StandingStaff | null>(null);
  const [known, setKnown] = useState(false);
  const leave = useCallback(() => {
    writeStaff(tillId, null);
    setStaff(null);
  }, [tillId]);
  const arrive = useCallback((next: StandingStaff) => {
    writeStaff(tillId, next);
    setStaff(next);
  }, [tillId]);
  useEffect(() => {
    setStaff(readStaff(tillId));
    setKnown(true);
  }, [tillId]);
  useEffect(() => {
    if (staff && openedAt > staff.at && open?.till && !open.isKept && open.till.identified?.id !== staff.id) leave();
  }, [staff, open, openedAt, leave]);
  const standing = staff !== null;
  useEffect(() => {
    if (!standing) return;
    let touchedAt = Date.now();
    const touch = (): void => void (touchedAt = Date.now());
    const timer = setInterval(() => { if (Date.now() - touchedAt > IDLE_MS) leave(); }, LOOK_EVERY_MS);
    for (const name of TOUCHES) window.addEventListener(name, touch, { capture: true });
    return () => {
      clearInterval(timer);
      for (const name of TOUCHES) window.removeEventListener(name, touch, { capture: true });
    };
  }, [standing, leave]);
  return { staff, known, arrive, leave };
}
