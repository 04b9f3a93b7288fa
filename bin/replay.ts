/**
 * `npm run replay -- <file> [--workspace cdnow] [--url http://… --key prc_…]`: posts the CDNOW purchases through the public API of the running demo, into a
 * workspace of their own; without a running demo it starts a stack in .parcours/replay, whose data stays. The last line is JSON.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openOwnStack, stopOnSignals, type OwnStack } from '#bin/own-stack.ts';
import type { EventDoor } from '#bin/replay/post-events.ts';
import { readPurchases } from '#bin/replay/read-purchases.ts';
import { replayPurchases } from '#bin/replay/replay-purchases.ts';
import { openReplayWorkspace } from '#bin/replay/replay-workspace.ts';
import { openDatabase } from '#db/connection.ts';

const DEMO_FILE = '.parcours/demo.json';
const Demo = z.object({ baseUrl: z.string(), databaseUrl: z.string() });

const say = (line: string): void => console.log(`  ${line}`);

function readArguments(): { file: string; workspace: string; door: EventDoor | null } {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { workspace: { type: 'string', default: 'cdnow' }, url: { type: 'string' }, key: { type: 'string' } } });
  const [file] = positionals;
  if (file === undefined || positionals.length !== 1 || Boolean(values.url) !== Boolean(values.key)) {
    throw new Error('Usage: npm run replay -- <file> [--workspace cdnow] [--url http://127.0.0.1:3000 --key prc_…]');
  }
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  return { file, workspace: values.workspace, door: values.url && values.key ? { baseUrl: values.url.replace(/\/+$/, ''), apiKey: values.key } : null };
}

async function runningDemo(): Promise<z.infer<typeof Demo> | null> {
  if (!existsSync(DEMO_FILE)) return null;
  const demo = Demo.parse(JSON.parse(readFileSync(DEMO_FILE, 'utf8')));
  const answer = await fetch(`${demo.baseUrl}/healthz`, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
  return answer?.ok ? demo : null;
}

/** Posts the file through a door; the door of a workspace that is found or made in the stack, when none is given. */
async function replay({ file, workspace, door }: ReturnType<typeof readArguments>, stack: z.infer<typeof Demo> | null): Promise<void> {
  const purchases = await readPurchases(file);
  const since = performance.now();
  let told = 0;
  const progress = (done: number): void => {
    if (done - told < 10_000) return;
    told = done;
    say(`${done} of ${purchases.length} (${((performance.now() - since) / 1_000).toFixed(0)} s).`);
  };
  const database = stack && openDatabase(stack.databaseUrl, { maximumConnections: 2, applicationName: 'parcours-replay' });
  const opened = database && (await openReplayWorkspace(database, workspace));
  try {
    const given = door ?? (stack && opened && { baseUrl: stack.baseUrl, apiKey: opened.apiKey });
    if (!given) throw new Error('There is no API to post to.');
    say(`${purchases.length} purchases are posted to ${given.baseUrl}${door ? '' : `, into the workspace ${workspace}`}.`);
    const totals = await replayPurchases(given, purchases, progress);
    say(`Done in ${((performance.now() - since) / 1_000).toFixed(1)} s.`);
    console.log(JSON.stringify(totals));
    if (totals.rejected > 0) process.exitCode = 1;
  } finally {
    await opened?.close();
    await database?.end({ timeout: 5 });
  }
}

let own: OwnStack | null = null;
try {
  const options = readArguments();
  const demo = options.door ? null : await runningDemo();
  if (!options.door && !demo) {
    say('No demo runs, so a stack is started in .parcours/replay.');
    own = await openOwnStack({ name: 'replay', folder: '.parcours/replay', durable: true, say });
    const { stop } = own;
    stopOnSignals(() => stop(false));
  }
  await replay(options, demo ?? own?.addresses ?? null);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await own?.stop(false);
}
process.exit();
