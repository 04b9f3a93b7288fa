import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSimulation } from './read-simulation.ts';

let folder: string;
const write = (name: string, ...lines: unknown[]): void => writeFileSync(join(folder, name), lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
const files = () => ({ journeys: join(folder, 'journeys'), customers: join(folder, 'customers.jsonl'), events: join(folder, 'events.jsonl'), rules: join(folder, 'rules'), from: null, to: null });
const THANKS = {
  formatVersion: 1, key: 'thanks', name: 'Thanks', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'mail' },
  nodes: [{ id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'information' }, next: {} }],
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parcours-simulate-'));
  mkdirSync(join(folder, 'journeys'));
  mkdirSync(join(folder, 'rules'));
  write('journeys/thanks.json', THANKS);
  write('rules/programmes.json', [{ key: 'points', name: { en: 'Points' }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 } } }]);
  write('customers.jsonl', { identifiers: { card: 'a 1', email: 'anna@lutin.test' }, consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', at: '2026-01-01T00:00:00Z' }] });
  write('events.jsonl', { id: '1', type: 'purchase', occurredAt: '2026-03-01T10:00:00Z', customer: { card: 'A1' }, properties: { orderId: '1', amountMinor: 4_200, currency: 'EUR' } });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('npm run simulate (§12.3)', () => {
  it('writes every message, posting and exit with its time, and prints the summary', async () => {
    const out = join(folder, 'out.jsonl');
    const { journeys, customers, events, rules } = files();
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'bin/simulate.ts', '--journeys', journeys, '--customers', customers, '--events', events, '--rules', rules, '--out', out]);
    expect(JSON.parse(stdout)).toMatchObject({ customers: 1, events: 1, entered: 1, volume: [{ day: '2026-03-01', channel: 'email', messages: 1 }] });
    const lines = readFileSync(out, 'utf8').trim().split('\n').map((line): unknown => JSON.parse(line));
    expect(lines).toEqual(expect.arrayContaining([
      expect.objectContaining({ kind: 'posting', at: '2026-03-01T10:00:00.000Z', account: 'customer:available', amount: 42 }),
      expect.objectContaining({ kind: 'message', at: '2026-03-01T10:00:00.000Z', status: 'sent', templateKey: 'thanks' }),
      expect.objectContaining({ kind: 'message', at: '2026-03-01T10:00:03.000Z', status: 'delivered' }),
      expect.objectContaining({ kind: 'exit', data: { ending: 'completed' } }),
    ]));
  });

  it('§12.3 reads the browsers of a customer, and says which there can be', () => {
    write('customers.jsonl', { identifiers: { card: 'A1' }, browsers: ['kept', 'gone'] }, { identifiers: { card: 'B1' } });
    expect(readSimulation(files()).customers.map(({ browsers }) => browsers)).toEqual([['kept', 'gone'], []]);
    write('customers.jsonl', { identifiers: { card: 'A1' }, browsers: ['firefox'] });
    expect(() => readSimulation(files())).toThrow(/customers\.jsonl:1: browsers\.0: .*kept/);
  });

  it('names the file and the line of all that is wrong, and runs nothing', () => {
    write('customers.jsonl', { identifiers: { email: 'not an address' } }, '', '{', { identifiers: { card: 'B1' } }, { identifiers: { card: 'b1' } });
    write('events.jsonl', { id: '1', type: 'purchase' }, { id: '2', type: 'purchase', occurredAt: 'yesterday' });
    write('journeys/thanks.json', { ...THANKS, nodes: [{ ...THANKS.nodes[0], settings: { templateKey: 'thanks', category: 'gossip' } }] });
    write('rules/programmes.json', [{ key: 'points' }]);
    const wrong = (): string => {
      try {
        readSimulation(files());
        return '';
      } catch (error) {
        return error instanceof Error ? error.message.replaceAll(folder, '') : '';
      }
    };
    const said = wrong();
    for (const place of ['/customers.jsonl:1: identifiers.email', '/customers.jsonl:3: this is not JSON', '/customers.jsonl:5: «card B1» belongs to', '/events.jsonl:1: occurredAt', '/events.jsonl:2: occurredAt', '/rules/programmes.json: 0.name', '/journeys/thanks.json:']) expect(said).toContain(place);
  });
});
