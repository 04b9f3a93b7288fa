/** Tells whether sources have changed since something was made from them. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where `npm run build` notes the sources that it built from. */
export const BUILD_NOTE = '.next/standalone/source-hash';
export const WEB_SOURCES = ['app', 'components', 'domain', 'engine', 'providers', 'db', 'temporal', 'public', 'env.ts', 'proxy.ts', 'instrumentation.ts', 'next.config.js', 'package-lock.json'];

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

function listFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => listFiles(join(path, name)));
}

/** The SHA-256 of the names and contents of all files under the paths, tests left out. */
export function hashSources(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(listFiles).filter((path) => !isTest(path))) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Whether the build that lies there was made from the sources of now. */
export const isBuilt = (): boolean => existsSync(BUILD_NOTE) && readFileSync(BUILD_NOTE, 'utf8') === hashSources(WEB_SOURCES);
