/** One customer's way through a journey, as the canvas draws it: how often each step and each connection was taken, and where they are. */
import type { CustomerPath } from './journey-api.ts';

export type PathOf = { customerId: string; name: string | null; here: string | null; passed: Record<string, number>; ports: Record<string, number>; lastAt: Record<string, string>; ending: string | null; /** Taken by somebody it is tried on: nothing was sent. */ tried?: true };

export const portKey = (nodeId: string, port: string): string => `${nodeId} ${port}`;

export function pathOf(customerId: string, { name, nodeId, endedAt, ending, steps }: CustomerPath): PathOf {
  const passed: Record<string, number> = { entry: 1 };
  const ports: Record<string, number> = { [portKey('entry', 'next')]: 1 };
  const lastAt: Record<string, string> = {};
  for (const step of steps) {
    const at = step.kind === 'entered' ? 'entry' : step.nodeId;
    if (at === null) continue;
    lastAt[at] = step.at;
    if (step.kind === 'passed' || step.kind === 'failed') passed[at] = (passed[at] ?? 0) + 1;
    if (step.kind === 'passed' && step.port) ports[portKey(at, step.port)] = (ports[portKey(at, step.port)] ?? 0) + 1;
    if (step.kind === 'failed') ports[portKey(at, 'error')] = (ports[portKey(at, 'error')] ?? 0) + 1;
  }
  return { customerId, name, here: endedAt === null ? nodeId : null, passed, ports, lastAt, ending };
}
