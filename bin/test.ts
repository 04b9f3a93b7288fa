/**
 * `npm test`: every part in order, each with its time, then one line of counts. `npm run check` is the quick part. A part that fails does
 * not stop the others, and any failure makes the exit code 1.
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { runPart, type Outcome, type Part } from '#bin/test/run-part.ts';

const REPORTS = '.parcours/test-reports';
mkdirSync(REPORTS, { recursive: true });

const tool = (name: string, ...args: string[]): string[] => [`node_modules/.bin/${name}`, ...args];
/** TypeScript 7 checks in a quarter of the time; Next and the tests that read source use the JavaScript interface of 5.9, which 7 has no more. */
const tsc = (project: string): string[] => [process.execPath, 'node_modules/typescript-native/bin/tsc', '--noEmit', '-p', project];
const script = (file: string, ...args: string[]): string[] => [process.execPath, '--import', 'tsx', `bin/${file}`, ...args];

function vitestPart(name: string, project: string, ...options: string[]): Part {
  const path = `${REPORTS}/${project}.json`;
  return { name, report: { path, runner: 'vitest' }, commands: [tool('vitest', 'run', '--project', project, ...options, '--reporter', 'default', '--reporter', 'json', `--outputFile.json=${path}`)] };
}

/** Parts that run side by side stand in one list: what needs Temporal waits more than it works. */
const quick: Part[][] = [
  [{ name: 'types', commands: [tool('next', 'typegen'), tsc('.'), tsc('domain')] }],
  [{ name: 'lint', commands: [tool('oxlint', '--max-warnings', '0')] }],
  [vitestPart('boundaries and unit', 'unit')],
];
const full: Part[][] = [
  ...quick,
  [vitestPart('integration on Postgres', 'integration')],
  // A third file at once: most of these wait for a server's timers.
  [vitestPart('Temporal and replay', 'temporal', '--maxWorkers', '3'), { name: 'build', commands: [script('build.ts')] }],
];

const outcomes: Outcome[] = [];
for (const parts of process.argv.includes('--quick') ? quick : full) outcomes.push(...(await Promise.all(parts.map(runPart))));

if (!process.argv.includes('--quick')) {
  const built = outcomes.at(-1)?.ok === true;
  const path = `${REPORTS}/e2e.json`;
  if (built) {
    const environment = { PLAYWRIGHT_JSON_OUTPUT_FILE: resolve(path) };
    outcomes.push(await runPart({ name: 'end-to-end', report: { path, runner: 'playwright' }, commands: [script('e2e.ts')], environment }));
  } else {
    console.log('\n▸ end-to-end: failed, because there is no build to run it against.');
    outcomes.push({ name: 'end-to-end', seconds: 0, ok: false, passed: 0, failed: 1, skipped: 0 });
  }
  if (existsSync('tests/drills') && readdirSync('tests/drills').length > 0) {
    outcomes.push(await runPart({ name: 'drills', commands: [script('drill.ts', 'kill', '--enrollments', '60', '--kills', '4')] }));
  } else {
    console.log('\n▸ drills: tests/drills holds none, so none was run.');
  }
}

const sum = (count: 'passed' | 'failed' | 'skipped'): number => outcomes.reduce((total, outcome) => total + outcome[count], 0);
console.log('\nPart                      Seconds');
for (const { name, seconds, ok } of outcomes) console.log(`${name.padEnd(24)} ${seconds.toFixed(1).padStart(8)}${ok ? '' : '  failed'}`);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`);
process.exit(outcomes.every((outcome) => outcome.ok) ? 0 : 1);
