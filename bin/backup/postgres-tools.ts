/** PostgreSQL's own programs for backups, where they are on the PATH and new enough for the server: they refuse a server that is newer than themselves. */
import { spawn, spawnSync } from 'node:child_process';

/** The major version of a program, or null when it is not there. */
export function majorOf(program: 'pg_dump' | 'pg_restore'): number | null {
  const found = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const version = /\) (\d+)/.exec(found.stdout ?? '')?.[1];
  return found.status === 0 && version !== undefined ? Number(version) : null;
}

/** The URL as the variables that libpq reads, so that no password stands in a list of processes. */
export function libpqVariables(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const sslMode = searchParams.get('sslmode') ?? searchParams.get('ssl');
  return {
    PGHOST: decodeURIComponent(hostname), PGPORT: port || '5432', PGUSER: decodeURIComponent(username), PGPASSWORD: decodeURIComponent(password), PGDATABASE: decodeURIComponent(pathname.slice(1)),
    ...(sslMode && { PGSSLMODE: sslMode === 'true' ? 'require' : sslMode }),
    ...(searchParams.get('sslrootcert') && { PGSSLROOTCERT: searchParams.get('sslrootcert') ?? '' }),
  };
}

/** Runs one of them; when it fails, its last line is the reason. */
export async function runTool(program: 'pg_dump' | 'pg_restore', args: string[], url: string): Promise<void> {
  const child = spawn(program, args, { env: { ...process.env, ...libpqVariables(url) }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said = (said + String(chunk)).slice(-4_000)));
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done));
  if (code !== 0) throw new Error(`${program} failed: ${said.trim().split('\n').at(-1) ?? `it ended with ${code}`}`);
}
