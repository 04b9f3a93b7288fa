/** What processes tell of their own work to whoever measures it: durations and counts, never whose. Told over Node's diagnostics channels, so that it costs nothing while nobody hears it. */
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Channel } from '#domain/customers/channels.ts';

export type Measured = {
  /** One burst, from its lock to its last write, whatever came of it. */
  burst: { seconds: number; customers: number; failed: boolean };
  /** One call to a vendor: how many of its messages ended in which way. */
  vendorCall: { channel: Channel; seconds: number; outcomes: Record<string, number> };
  /** One turn of a worker's loop. */
  loop: { name: string; seconds: number; failed: boolean };
  /** One request to the API; `route` is the path as it is declared, never as it was called. */
  request: { method: string; route: string; status: number; seconds: number };
};

const nameOf = (what: keyof Measured): string => `parcours:${what}`;

export function tell<What extends keyof Measured>(what: What, told: Measured[What]): void {
  const to = channel(nameOf(what));
  if (to.hasSubscribers) to.publish(told);
}

/** Hears of each from now on; answers how to stop. */
export function hear<What extends keyof Measured>(what: What, listener: (told: Measured[What]) => void): () => void {
  // Only `tell` publishes on these names, and its types are the same.
  const heard = (told: unknown): void => listener(told as Measured[What]);
  subscribe(nameOf(what), heard);
  return () => void unsubscribe(nameOf(what), heard);
}

const secondsSince = (began: number): number => (performance.now() - began) / 1_000;

/** Does the work and tells how long it took, also when it fails. */
export async function timed<T>(work: () => Promise<T>, told: (seconds: number, result: { ok: true; value: T } | { ok: false }) => void): Promise<T> {
  const began = performance.now();
  try {
    const value = await work();
    told(secondsSince(began), { ok: true, value });
    return value;
  } catch (error) {
    told(secondsSince(began), { ok: false });
    throw error;
  }
}
