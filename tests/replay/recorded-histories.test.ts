/** Workflows that began under an earlier release still sleep somewhere: each recorded history must replay with the code of today. */
import { readdir, readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { quietRuntime } from '#temporal/quiet-runtime.ts';
import { loadWorkflowBundle } from '#temporal/workflow-bundle.ts';

const FOLDER = new URL('./histories/', import.meta.url);
const files = (await readdir(FOLDER)).filter((name) => /\.json(\.gz)?$/.test(name));
async function read(file: string): Promise<{ events: Record<string, unknown>[] }> {
  const bytes = await readFile(new URL(file, FOLDER));
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
}

beforeAll(() => quietRuntime());

describe('the workflow of today', () => {
  it('is asked to replay histories of every workflow that there is', async () => {
    const bundled = await readFile(new URL('../../workflows/index.ts', import.meta.url), 'utf8');
    const names = [...bundled.matchAll(/^export \{ (\w+)Workflow \}/gm)].map(([, name]) => name ?? '');
    expect(names).toContain('journey');
    expect(names.filter((name) => !files.some((file) => file.startsWith(`${name}.`)))).toEqual([]);
  });

  it.each(files)('replays %s', async (file) => {
    await Worker.runReplayHistory({ workflowBundle: await loadWorkflowBundle() }, await read(file));
  });

  it('would be caught when it did something else: a history whose first step is a timer does not replay', async () => {
    const history = await read('journey.0.1.slept-for-the-rest.json');
    const isMarker = (event: Record<string, unknown>): boolean => 'markerRecordedEventAttributes' in event;
    const events = history.events.filter((event) => !isMarker(event)).map((event, index) => ({ ...event, eventId: String(index + 1) }));
    await expect(Worker.runReplayHistory({ workflowBundle: await loadWorkflowBundle() }, { events })).rejects.toThrow();
  });
});

describe('the workflows\' bundle', () => {
  it('is made without a server, and holds nothing but control flow: neither zod nor the domain nor the engine', async () => {
    const bundle = await loadWorkflowBundle();
    const code = 'code' in bundle ? bundle.code : '';
    expect(code).toContain('journeyWorkflow');
    for (const foreign of ['ZodType', 'advanceCustomers', 'temporal-polyfill', 'postgres']) expect(code).not.toContain(foreign);
  });
});
