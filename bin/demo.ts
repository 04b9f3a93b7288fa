/** `npm run demo`: the whole of Parcours on this machine, with the demo brand in it, until Ctrl-C. Data lives in .parcours/. */
import { parseArgs } from 'node:util';
import { startStack, type Stack } from '#bin/demo/start-stack.ts';

const say = (line: string): void => console.log(`  ${line}`);

function readFlags(): { fresh: boolean; people: number } {
  try {
    const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false }, people: { type: 'string', default: '2000' } } });
    const people = Number(values.people);
    if (!Number.isInteger(people) || people < 1 || people > 200_000) throw new Error(`--people must be a whole number from 1 to 200000; example: --people 20000.`);
    return { fresh: values.fresh, people };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

let stack: Stack | undefined;
let stopping = false;
const callOff = new AbortController();
async function stopAndLeave(): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.log('\nStopping.');
  callOff.abort(new Error('The start was called off.'));
  await starting.catch(() => {});
  await stack?.stop();
  console.log('All is stopped; the data stays in .parcours/.');
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopAndLeave());

const flags = readFlags();
const databaseUrl = process.env['DATABASE_URL'];
const temporalAddress = process.env['TEMPORAL_ADDRESS'];
console.log('Starting Parcours.');
const starting = startStack({
  folder: '.parcours',
  ports: { web: 3000, vendors: 4010, temporal: 7233, temporalUi: 8233, postgres: 54329 },
  ...flags,
  seed: true,
  durable: true,
  signal: callOff.signal,
  ...(databaseUrl && { databaseUrl }),
  ...(temporalAddress && { temporalAddress }),
  say,
});

try {
  stack = await starting;
  const { baseUrl, signIn, apiKey, temporalUiUrl } = stack.addresses;
  console.log(`\nParcours runs at ${baseUrl}.`);
  if (signIn) console.log(`Sign in as ${signIn.email} with the password ${signIn.password}.`);
  if (apiKey) console.log(`The API takes "Authorization: Bearer ${apiKey}" and is described at ${baseUrl}/api/v1/docs.`);
  if (temporalUiUrl) console.log(`Temporal's own interface is at ${temporalUiUrl}.`);
  console.log('Ctrl-C stops it. All addresses are in .parcours/demo.json.');
} catch (error) {
  if (!stopping) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
