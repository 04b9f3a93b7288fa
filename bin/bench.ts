/**
 * `npm run bench -- [ingest|wakes|routing|latency|exits|canvas|kernel|import] [--json] [--scale n]`: measures on servers of its own, all or one. With --json the last line is JSON, and
 * nothing else is printed.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { openOwnStack } from '#bin/own-stack.ts';
import { benchCanvas } from '#tests/bench/bench-canvas.ts';
import { benchExits } from '#tests/bench/bench-exits.ts';
import { benchImport } from '#tests/bench/bench-import.ts';
import { benchIngest } from '#tests/bench/bench-ingest.ts';
import { benchKernel } from '#tests/bench/bench-kernel.ts';
import { benchLatency } from '#tests/bench/bench-latency.ts';
import { benchRouting } from '#tests/bench/bench-routing.ts';
import { openBenchStack, round } from '#tests/bench/bench-stack.ts';
import { benchWakes } from '#tests/bench/bench-wakes.ts';

const NAMES = ['ingest', 'wakes', 'routing', 'latency', 'exits', 'canvas', 'kernel', 'import'] as const;
type Name = (typeof NAMES)[number];
const isName = (text: string): text is Name => NAMES.some((name) => name === text);

function readArguments(): { names: readonly Name[]; json: boolean; scale: number } {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false }, scale: { type: 'string', default: '1' } } });
  const scale = Number(values.scale);
  if (!positionals.every(isName) || !Number.isInteger(scale) || scale < 1) throw new Error(`Usage: npm run bench -- [${NAMES.join('|')}] [--json] [--scale n]`);
  return { names: positionals.length > 0 ? positionals.filter(isName) : NAMES, json: values.json, scale };
}

/** Customers that the kernel's simulation takes at a scale of one. */
const SIMULATED_CUSTOMERS = 100_000;

async function measure(name: Name, scale: number, say: (line: string) => void): Promise<unknown> {
  if (name === 'kernel') return benchKernel(SIMULATED_CUSTOMERS * scale);
  if (name === 'latency' || name === 'exits' || name === 'canvas') {
    const stack = await openOwnStack({ name: 'bench', durable: true, say });
    try {
      return await { latency: benchLatency, exits: benchExits, canvas: benchCanvas }[name](stack);
    } finally {
      await stack.stop(true);
    }
  }
  const stack = await openBenchStack();
  try {
    return await { ingest: benchIngest, wakes: benchWakes, routing: benchRouting, import: benchImport }[name](stack, scale);
  } finally {
    await stack.close();
  }
}

try {
  const { names, json, scale } = readArguments();
  const say = (line: string): void => void (json || console.log(line));
  const machine = { cores: cpus().length, model: cpus()[0]?.model ?? 'unknown', memoryGb: round(totalmem() / 2 ** 30), node: process.versions.node };
  const figures: Record<string, unknown> = { machine };
  for (const name of names) {
    say(`Measuring ${name}.`);
    figures[name] = await measure(name, scale, (line) => say(`  ${line}`));
    say(JSON.stringify(figures[name], null, 2));
  }
  console.log(JSON.stringify(figures));
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exit(1);
}
process.exit(0);
