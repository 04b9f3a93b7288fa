/**
 * `npm run drill -- kill --enrollments 500 --kills 10 [--seed n]`: a stack of its own, processes killed while events arrive, then conservation.
 * The last line is JSON; the exit code is 1 when something was lost or done twice, or the ledger does not sum to zero.
 * `npm run drill -- differential --runs 500 [--seed n]`: drawn cases in the simulator and in sandboxes; the first that differs is shrunk, and the exit code is 1.
 * `npm run drill -- clock --people 1000`: one jump over ninety days, ninety jumps and the simulator leave the same, or the exit code is 1.
 * `npm run drill -- wakes --people 10000`: people who came in one by one and wake together; too many workflows, or the last too late, and the exit code is 1.
 * `npm run drill -- axe`: every route and dialog in both languages, light and dark, before axe (WCAG 2.2 AA); anything found, and the exit code is 1.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openOwnStack, stopOnSignals } from '#bin/own-stack.ts';
import { runAxeDrill } from '#tests/drills/axe-drill.ts';
import { runClockDrill } from '#tests/drills/clock-drill.ts';
import { runDifferentialDrill } from '#tests/drills/differential-drill.ts';
import { runKillDrill } from '#tests/drills/kill-drill.ts';
import { runWakesDrill } from '#tests/drills/wakes-drill.ts';

const DRILLS = ['kill', 'differential', 'clock', 'wakes', 'axe'] as const;
const USAGE = 'Usage: npm run drill -- kill [--enrollments 500] [--kills 10] [--seed 1], differential [--runs 500] [--seed 1], clock [--people 1000], wakes [--people 10000] or axe';
const MAXIMUM_ENROLLMENTS = 9_000;
/** Ten thousand people who wake in one minute are written within so long of it, by at most fifteen workflows. */
const LAST_WITHIN_MS = 5_000;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        enrollments: { type: 'string', default: '500' }, kills: { type: 'string', default: '10' }, runs: { type: 'string', default: '500' }, people: { type: 'string' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      },
    });
    const drill = DRILLS.find((name) => name === positionals[0]);
    const people = Number(values.people ?? (drill === 'wakes' ? 10_000 : 1_000));
    const numbers = { enrollments: Number(values.enrollments), kills: Number(values.kills), runs: Number(values.runs), seed: Number(values.seed), people };
    const areRight = Object.values(numbers).every((value) => Number.isInteger(value) && value >= 0) && numbers.enrollments >= 1 && numbers.enrollments <= MAXIMUM_ENROLLMENTS && people >= 1;
    if (positionals.length !== 1 || !drill || !areRight || numbers.runs < 1) throw new Error(`${USAGE}; enrollments from 1 to ${MAXIMUM_ENROLLMENTS}.`);
    return { drill, ...numbers };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

const { drill, enrollments, kills, runs, seed, people } = readArguments();
const since = performance.now();
const say = (line: string): void => console.log(`  ${((performance.now() - since) / 1_000).toFixed(0).padStart(3)} s  ${line}`);
if (drill === 'differential') process.exit((await runDifferentialDrill({ runs, seed, say })) ? 0 : 1);
if (drill === 'clock') {
  const report = await runClockDrill({ people, say });
  console.log(JSON.stringify(report));
  process.exit(report.same ? 0 : 1);
}
if (drill === 'wakes') {
  const report = await runWakesDrill({ people, say });
  console.log(JSON.stringify(report));
  process.exit(report.messages === people && report.workflows <= Math.ceil((people * 1.5) / 1_000) && report.lastAfterMs <= LAST_WITHIN_MS ? 0 : 1);
}
if (drill === 'axe') {
  const own = await openOwnStack({ name: 'drill', durable: false, say });
  stopOnSignals(() => own.stop(true));
  let isClean = false;
  try {
    const report = await runAxeDrill(own, say);
    for (const fault of report.faults) say(fault);
    console.log(JSON.stringify({ ...report, faults: report.faults.length }));
    isClean = report.faults.length === 0;
  } finally {
    await own.stop(true);
  }
  process.exit(isClean ? 0 : 1);
}
console.log(`Kill drill: ${enrollments} enrollments, ${kills} kills, seed ${seed}.`);
const stack = await openOwnStack({ name: 'drill', durable: true, say });
stopOnSignals(() => stack.stop(true));
let code = 1;
try {
  const { lost, doubled, ledgerSum, accepted, messages, refused, moved, steps, kills: killed, ...report } = await runKillDrill({ stack, enrollments, kills, seed, say });
  for (const [what, count] of [...Object.entries(lost), ...Object.entries(doubled)]) say(`Broken: ${what}: ${count}.`);
  say(`Killed: ${Object.entries(killed).map(([name, count]) => `${name} ${count}×`).join(', ')}. ${messages} messages, ${refused} of them refused with a reason. ${moved} moves between versions.`);
  say(`${Object.entries(steps).map(([what, count]) => `${count} ${what}`).join(', ')}.`);
  const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((total, count) => total + count, 0);
  const line = { accepted, enrollments: report.enrollments, messages, moved, lost: sum(lost), doubled: sum(doubled), ledgerSum, kills, seed };
  code = line.lost === 0 && line.doubled === 0 && ledgerSum === 0 && line.accepted === enrollments && moved > 0 ? 0 : 1;
  await stack.stop(code === 0);
  if (code !== 0) console.log(`The data and the logs of this drill are in ${join(stack.folder, 'logs')}.`);
  console.log(JSON.stringify(line));
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  await stack.stop(false);
  console.error(`The logs of this drill are in ${join(stack.folder, 'logs')}.`);
}
process.exit(code);
