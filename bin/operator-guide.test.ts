/** The operators' guide says only what works: its commands are run as they stand, its tables and alerts are those of the code, in both languages. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ENV_NAMES, readEnv } from '#env.ts';

const root = new URL('..', import.meta.url).pathname;
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const GUIDES = ['docs/guides/operator.md', 'docs/guides/operator.fr.md'];
const [english = '', french = ''] = GUIDES.map(read);
const blocks = (guide: string): string[] => [...guide.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([whole]) => whole);

/** `npm run` without npm, whose start takes longer than the commands. */
const NPM = 'npm() { name=$2; shift 2; [ "${1-}" = -- ] && shift; node --import tsx "bin/$name.ts" "$@"; }';

let folder: string;
const name = `guide_${process.pid}`;
const server = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} });
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parcours-guide-'));
  await server`create database ${server(name)}`;
});
afterAll(async () => {
  for (const { datname } of await server<{ datname: string }[]>`select datname from pg_database where datname like ${`${name}%`}`) await server`drop database ${server(datname)} with (force)`;
  await server.end();
  await rm(folder, { recursive: true, force: true });
});

describe('the commands', () => {
  it('migrate, make a workspace, back up, restore and change the secret, as they stand', { timeout: 90_000 }, async () => {
    const url = new URL(inject('postgresUrl'));
    url.pathname = `/${name}`;
    const script = [...english.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text).join('\n');
    const { stdout } = await promisify(execFile)('bash', ['-c', `set -euo pipefail\n${NPM}\n${script}`], { cwd: root, env: { ...process.env, DATABASE_URL: url.href, BACKUPS: folder } });
    expect(stdout).toMatch(/newest schema[^]*The live workspace maison is there\.[^]*Backed up into .*monday[^]*Restored what was there[^]*is kept as guide_\d+_before_\d+[^]*0 sealed under the present secret/);
    expect(await readdir(folder)).toEqual(['monday']);
  });

  it('are commands of package.json, and files that are there', () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));
    const asked = new Set([...english.matchAll(/npm run ([\w-]+)/g)].map(([, command]) => command ?? ''));
    expect([...asked].filter((command) => scripts[command] === undefined)).toEqual([]);
    for (const command of ['migrate', 'workspace', 'backup', 'restore', 'reseal']) expect(scripts[command]).toBe(`tsx bin/${command}.ts`);
    // The operator's own file is not here.
    for (const [path = ''] of english.replaceAll('deploy/.env', '').matchAll(/(?:deploy|docs|bin)\/[\w./-]*\w/g)) expect(readdirSync(join(root, path.slice(0, path.lastIndexOf('/'))))).toContain(path.slice(path.lastIndexOf('/') + 1));
  });

  it('are the same in both languages, and so are the headings that alerts lead to', () => {
    expect(blocks(french)).toEqual(blocks(english));
    const marks = (guide: string): string[] => [...guide.matchAll(/^(#+) /gm)].map(([, mark]) => mark ?? '');
    expect(marks(french)).toEqual(marks(english));
    // A narrow space before what French sets apart.
    expect(french.replaceAll(/```[^]*?```|`[^`\n]*`/g, '').match(/ [:;!?»]|« /g)).toBeNull();
  });
});

describe('the table of the environment', () => {
  it.each(GUIDES)('has every variable once and no other, and says which are needed: %s', (path) => {
    const rows = [...read(path).matchAll(/^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|/gm)].map(([, variable = '', needed = '', fallback = '']) => ({ variable, needed: /^(yes|oui)$/.test(needed), fallback: fallback.replaceAll('`', '').replace(/^\| ?/, '') }));
    expect(rows.map(({ variable }) => variable).sort()).toEqual([...ENV_NAMES].sort());
    const missing = (() => {
      try {
        readEnv({});
        return '';
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    })().split('\n').map((line) => line.split(' ')[0]);
    expect(rows.filter(({ needed }) => needed).map(({ variable }) => variable).sort()).toEqual(missing.sort());
  });
});

describe('the alerts', () => {
  const { groups } = z.object({ groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string(), for: z.string(), labels: z.object({ severity: z.enum(['page', 'ticket']) }), annotations: z.object({ summary: z.string(), runbook_url: z.string() }) })) })) }).parse(parse(read('deploy/prometheus/rules.yaml')));
  const rules = groups.flatMap((group) => group.rules);
  const known = new Set(['installation-gauges', 'process-instruments'].flatMap((file) => [...read(`bin/metrics/${file}.ts`).matchAll(/'(parcours_\w+)'/g)].map(([, metric]) => metric ?? '')));

  it('are ten, each with what to do in both guides', () => {
    expect(rules).toHaveLength(10);
    for (const { alert, annotations } of rules) {
      expect(annotations.runbook_url).toBe(`docs/guides/operator.md#${alert.toLowerCase()}`);
      for (const guide of [english, french]) expect(guide).toContain(`\n### ${alert}\n`);
    }
    expect([...english.matchAll(/^### (Parcours\w+)$/gm)].map(([, alert]) => alert)).toEqual(rules.map(({ alert }) => alert));
  });

  const dashboard = z.object({ panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })) }).parse(JSON.parse(read('deploy/grafana/parcours.json')));

  it('watch metrics that are shown, and so do the guide and the dashboard', () => {
    const metricsOf = (text: string): string[] => [...text.matchAll(/parcours_(?!app\b)\w+/g)].map(([metric]) => metric.replace(/_(bucket|total)$/, ''));
    for (const text of [...rules.map(({ expr }) => expr), ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)), english.slice(english.indexOf('## The ten figures')), french.slice(french.indexOf('## Les dix chiffres'))]) expect(metricsOf(text).filter((metric) => !known.has(metric))).toEqual([]);
  });
});
