/**
 * The one renderer of stage 4 and of previews: Liquid in a worker thread with a wall clock and a heap cap, so that a template that fails,
 * hangs or eats memory harms its own message only (§7.6) and the thread is replaced.
 *
 * The worker's file is plain JavaScript and is found from the working directory first (`npm` scripts run at the root; Next's standalone
 * server changes into its own folder, where `outputFileTracingIncludes` must put `engine/render-worker.mjs` and `node_modules/liquidjs`),
 * then beside this file. No bundler has to understand it.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { cutText } from '#domain/shared/cut-text.ts';
import { invariant } from '#domain/shared/invariant.ts';

export type Escaping = 'html' | 'none';
export type RenderParts = Record<string, { source: string; escape: Escaping }>;
export type RenderFailure = { ok: false; code: 'template.failed' | 'template.timeLimit' | 'template.memoryLimit'; message: string };
export type Rendering = { ok: true; parts: Record<string, string> } | RenderFailure;
export type Inspection = { ok: true; parts: Record<string, { ok: true; variables: string[][] } | { ok: false; message: string }> } | RenderFailure;

/** `wallClockMs` ends the thread; `renderLimitMs` is Liquid's own and cooperative. Lengths are in characters. */
export type RenderLimits = { wallClockMs: number; renderLimitMs: number; memoryLimit: number; parseLimit: number; outputLimit: number; heapMb: number };
const LIMITS: RenderLimits = { wallClockMs: 3_000, renderLimitMs: 500, memoryLimit: 5_000_000, parseLimit: 500_000, outputLimit: 500_000, heapMb: 96 };

export type Renderer = {
  /** Renders the parts of one message with its facts; a failure is a value. `language` is a BCP 47 tag, for the names of months and days. */
  render(job: { parts: RenderParts; language: string; variables: Record<string, unknown> }): Promise<Rendering>;
  /** Parses without rendering: which variables each part reads. */
  inspect(parts: RenderParts): Promise<Inspection>;
  close(): Promise<void>;
};

const Answer = z.object({ id: z.number(), ok: z.boolean(), value: z.unknown().optional(), code: z.enum(['template.failed', 'template.timeLimit', 'template.memoryLimit']).optional(), message: z.string().optional() });
const Rendered = z.record(z.string(), z.string());
const Inspected = z.record(z.string(), z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), variables: z.array(z.array(z.string())) }), z.object({ ok: z.literal(false), message: z.string() }),
]));

type Outcome = { ok: true; value: unknown } | RenderFailure;
type Task = { id: number; kind: 'render' | 'inspect'; job: unknown; settle: (outcome: Outcome) => void };

function workerFile(): string {
  const name = 'render-worker.mjs';
  const candidates = [join(process.cwd(), 'engine', name), join(dirname(fileURLToPath(import.meta.url)), name)];
  const found = candidates.find((file) => existsSync(file));
  invariant(found, `${name} is neither in ${candidates.join(' nor in ')}`);
  return found;
}

const hashes = new Map<string, string>();
function hashOf(source: string): string {
  const known = hashes.get(source);
  if (known) return known;
  if (hashes.size > 1_000) hashes.clear();
  const hash = createHash('sha256').update(source).digest('base64');
  hashes.set(source, hash);
  return hash;
}

type ThreadEvents = { answered: (id: number, outcome: Outcome) => void; died: (thread: Worker, outcome: Outcome) => void };

function startThread(limits: RenderLimits, { answered, died }: ThreadEvents): Worker {
  const { parseLimit, renderLimitMs, memoryLimit, outputLimit, heapMb } = limits;
  const thread = new Worker(workerFile(), {
    workerData: { parseLimit, renderLimitMs, memoryLimit, outputLimit },
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16 },
    execArgv: [],
    env: {},
  });
  thread.unref();
  thread.on('message', (answer: unknown) => {
    const { id, ok, value, code, message = '' } = Answer.parse(answer);
    answered(id, ok ? { ok: true, value } : { ok: false, code: code ?? 'template.failed', message });
  });
  thread.on('error', (error: NodeJS.ErrnoException) => died(thread, error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? { ok: false, code: 'template.memoryLimit', message: `more than ${heapMb} MB` }
    : { ok: false, code: 'template.failed', message: cutText(error.message, 300) }));
  thread.on('exit', () => died(thread, { ok: false, code: 'template.failed', message: 'the renderer stopped' }));
  return thread;
}

/** Opens a renderer with a thread of its own, started at the first job; it does not keep the process alive. */
export function openRenderer(limits: RenderLimits = LIMITS): Renderer {
  const waiting: Task[] = [];
  let worker: Worker | null = null;
  let active: { task: Task; timeout: NodeJS.Timeout } | null = null;
  let lastId = 0;

  const finish = (outcome: Outcome): void => {
    if (!active) return;
    clearTimeout(active.timeout);
    const { task } = active;
    active = null;
    task.settle(outcome);
    next();
  };

  const drop = (dying: Worker, outcome: Outcome): void => {
    if (worker !== dying) return;
    worker = null;
    void dying.terminate();
    finish(outcome);
  };

  const answered = (id: number, outcome: Outcome): void => {
    if (active?.task.id === id) finish(outcome);
  };

  const next = (): void => {
    if (active) return;
    const task = waiting.shift();
    if (!task) return;
    const fresh = worker === null;
    const current = (worker ??= startThread(limits, { answered, died: drop }));
    const expire = () => drop(current, { ok: false, code: 'template.timeLimit', message: `longer than ${limits.wallClockMs} ms` });
    // Starting a thread on a busy machine takes a while that is not the template's fault.
    active = { task, timeout: setTimeout(expire, limits.wallClockMs + (fresh ? 5_000 : 0)) };
    if (fresh) current.once('online', () => {
      if (active?.task !== task) return;
      clearTimeout(active.timeout);
      active.timeout = setTimeout(expire, limits.wallClockMs + 1_000);
    });
    current.postMessage({ id: task.id, kind: task.kind, job: task.job });
  };

  const run = (kind: Task['kind'], job: unknown): Promise<Outcome> => new Promise((settle) => {
    waiting.push({ id: (lastId += 1), kind, job, settle });
    next();
  });
  const hashed = (parts: RenderParts) => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, { ...part, hash: hashOf(part.source) }]));

  return {
    async render({ parts, language, variables }) {
      const outcome = await run('render', { parts: hashed(parts), language, variables });
      return outcome.ok ? { ok: true, parts: Rendered.parse(outcome.value) } : outcome;
    },
    async inspect(parts) {
      const outcome = await run('inspect', { parts: hashed(parts) });
      return outcome.ok ? { ok: true, parts: Inspected.parse(outcome.value) } : outcome;
    },
    async close() {
      const closing = worker;
      worker = null;
      await closing?.terminate();
    },
  };
}

let shared: Renderer | null = null;

/** The process's own renderer. */
export const sharedRenderer = (): Renderer => (shared ??= openRenderer());
