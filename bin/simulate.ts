/**
 * `npm run simulate -- --journeys <folder> --customers <file.jsonl> --rules <folder> --events <file.jsonl> --out <file.jsonl> [--from <time>] [--to <time>]`:
 * runs journeys over a file of past events with the production rules, without server or database. The last thing printed is the summary as JSON.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { simulate } from '#domain/simulation/simulate.ts';
import { readSimulation, WrongFiles, type SimulationFiles } from '#bin/simulate/read-simulation.ts';
import { writeLine } from '#bin/simulate/write-line.ts';

const USAGE = 'Usage: npm run simulate -- --journeys <folder> --customers <file.jsonl> --events <file.jsonl> --out <file.jsonl> [--rules <folder>] [--from <time>] [--to <time>]';
const FLUSH_CHARACTERS = 1 << 20;

function readArguments(): SimulationFiles & { out: string } {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { journeys: text, customers: text, rules: text, events: text, out: text, from: text, to: text } });
  const { journeys, customers, events, out, rules = null, from = null, to = null } = values;
  if (!journeys || !customers || !events || !out) throw new WrongFiles(USAGE);
  return { journeys, customers, events, out, rules, from, to };
}

function run(): void {
  const { out, ...files } = readArguments();
  const input = readSimulation(files);
  const file = openSync(out, 'w');
  let text = '';
  const flush = (): void => {
    if (text !== '') writeSync(file, text);
    text = '';
  };
  const going = simulate(input, (line) => {
    text += writeLine(line);
    if (text.length > FLUSH_CHARACTERS) flush();
  });
  let saidAt = performance.now();
  let step = going.next();
  for (; !step.done; step = going.next()) {
    if (!process.stderr.isTTY || performance.now() - saidAt < 1_000) continue;
    saidAt = performance.now();
    process.stderr.write(`\r${Math.floor(step.value.done * 100)} %`);
  }
  flush();
  closeSync(file);
  if (process.stderr.isTTY) process.stderr.write('\r');
  console.log(JSON.stringify(step.value, null, 2));
}

try {
  run();
} catch (error) {
  console.error(error instanceof WrongFiles ? error.message : error instanceof Error && 'code' in error ? error.message : error);
  process.exitCode = 1;
}
