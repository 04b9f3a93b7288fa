/** A line of a simulation as a file holds it: instants in ISO 8601, and an ending under its own name, `exit`. */
import { formatInstant } from '#domain/shared/time.ts';
import type { SimulatedLine } from '#domain/simulation/simulated-line.ts';

const TIMES = ['at', 'plannedAt', 'dueAt', 'expiresAt', 'validFrom', 'validUntil', 'handedOverAt', 'deliveredAt'];

export function writeLine(line: SimulatedLine): string {
  const named = line.kind === 'trace' && line.step === 'ended' ? { ...line, kind: 'exit' } : line;
  const entries = Object.entries(named).map(([name, value]: [string, unknown]) => [name, TIMES.includes(name) && typeof value === 'number' ? formatInstant(value) : value]);
  return `${JSON.stringify(Object.fromEntries(entries))}\n`;
}
