/** One part of the test run: a command whose output is shown, its time, and its counts when it is a test runner. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';

export type Part = { name: string; commands: string[][]; report?: { path: string; runner: 'vitest' | 'playwright' }; environment?: Record<string, string> };
export type Outcome = { name: string; seconds: number; ok: boolean; passed: number; failed: number; skipped: number };

const VitestReport = z
  .object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number(), numTodoTests: z.number() })
  .transform((report) => ({ passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests }));
const PlaywrightReport = z
  .object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }) })
  .transform(({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }));

/** Runs a command in the foreground. Answers its exit code; one that does not exist counts as 127. */
export function runCommand([program = '', ...args]: string[], environment: Record<string, string> = {}): Promise<number> {
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...environment } });
  return new Promise((done) => {
    child.once('error', () => done(127));
    child.once('exit', (code) => done(code ?? 1));
  });
}

function readCounts(report: NonNullable<Part['report']>): { passed: number; failed: number; skipped: number } | null {
  if (!existsSync(report.path)) return null;
  const content: unknown = JSON.parse(readFileSync(report.path, 'utf8'));
  return (report.runner === 'vitest' ? VitestReport : PlaywrightReport).parse(content);
}

/** Runs a part's commands, stopping at the first that fails. A failure that no test counts (types, a crash) counts as one failed. */
export async function runPart({ name, commands, report, environment }: Part): Promise<Outcome> {
  console.log(`\n▸ ${name}`);
  const since = performance.now();
  if (report) rmSync(report.path, { force: true });
  let code = 0;
  for (const command of commands) if (code === 0) code = await runCommand(command, environment);
  const counts = (report && readCounts(report)) ?? { passed: 0, failed: 0, skipped: 0 };
  const seconds = (performance.now() - since) / 1_000;
  const ok = code === 0 && counts.failed === 0;
  const failed = ok ? 0 : Math.max(counts.failed, 1);
  console.log(`▸ ${name}: ${ok ? 'passed' : 'failed'} in ${seconds.toFixed(1)} s`);
  return { name, seconds, ok, passed: counts.passed, failed, skipped: counts.skipped };
}
