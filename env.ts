/**
 * The environment, parsed once. A variable that is missing or wrong stops the start with its name and an example, one sentence each;
 * empty is the same as missing. This is the only file of the application that reads `process.env` for configuration.
 */
import { z } from 'zod';
import { Sender } from '#providers/account.ts';

const optional = <T extends z.ZodType>(schema: T) => schema.optional();
const text = z.string();

const Env = z.object({
  DATABASE_URL: text.regex(/^postgres(ql)?:\/\/\S+\/\S+$/),
  TEMPORAL_ADDRESS: text.regex(/^[^\s:/]+:\d+$/),
  TEMPORAL_NAMESPACE: text.regex(/^\S+$/).default('default'),
  TEMPORAL_UI_URL: optional(z.url({ protocol: /^https?$/ })),
  PARCOURS_SECRET: text.min(32),
  PARCOURS_FORMER_SECRET: optional(text.min(32)),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  API_REQUESTS_PER_SECOND: z.coerce.number().positive().default(1_000),
  METRICS_PORT: optional(z.coerce.number().int().min(1).max(65_535)),
  METRICS_HOST: text.regex(/^[\w.:-]+$/).default('127.0.0.1'),
  TEMPORAL_METRICS_PORT: optional(z.coerce.number().int().min(1).max(65_535)),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  VENDOR_SERVER_URL: optional(z.url({ protocol: /^https?$/ })),
  DEMO_FOLDER: optional(text),
  DEMO_SIGN_IN: optional(text.regex(/^[^:]+:.+$/)),
  RESEND_API_KEY: optional(text),
  RESEND_WEBHOOK_SECRET: optional(text.startsWith('whsec_')),
  RESEND_BASE_URL: optional(z.url({ protocol: /^https?$/ })),
  SMTP_URL: optional(text.regex(/^smtps?:\/\/\S+$/)),
  EMAIL_FROM: optional(Sender),
  EMAIL_REPLY_TO: optional(Sender),
  TWILIO_ACCOUNT_SID: optional(text.regex(/^AC[0-9a-f]{32}$/)),
  TWILIO_AUTH_TOKEN: optional(text),
  TWILIO_BASE_URL: optional(z.url({ protocol: /^https?$/ })),
  SMS_FROM: optional(text),
  WHATSAPP_FROM: optional(text),
}).superRefine((given, context) => {
  const needs = (name: keyof typeof given, others: (keyof typeof given)[]): void => {
    if (given[name] === undefined) return;
    for (const other of others) if (given[other] === undefined) context.addIssue({ code: 'custom', path: [other], message: `${name} needs it` });
  };
  needs('RESEND_API_KEY', ['RESEND_WEBHOOK_SECRET', 'EMAIL_FROM']);
  needs('SMTP_URL', ['EMAIL_FROM']);
  needs('TWILIO_ACCOUNT_SID', ['TWILIO_AUTH_TOKEN', 'SMS_FROM']);
  needs('WHATSAPP_FROM', ['TWILIO_ACCOUNT_SID']);
  if (given.RESEND_API_KEY !== undefined && given.SMTP_URL !== undefined) context.addIssue({ code: 'custom', path: ['SMTP_URL'], message: 'e-mail leaves by one vendor' });
});

/**
 * - `DATABASE_URL`: PostgreSQL, as a user who may take the role `parcours_app`; migrations need its owner.
 * - `PARCOURS_SECRET`: signs links and sessions, and seals what is secret. To change it, give the old one as `PARCOURS_FORMER_SECRET`: links in messages that left go on
 *   working, `npm run reseal` seals everything anew, and members sign in again.
 * - `PUBLIC_URL`: how customers and vendors reach this server, without a slash at the end.
 * - `API_REQUESTS_PER_SECOND`: how many requests one API key may make, per process; twice as many in a burst.
 * - `METRICS_PORT`: where this process shows its metrics to Prometheus, on `METRICS_HOST`; without it nowhere. `TEMPORAL_METRICS_PORT`: where a worker shows those of Temporal's SDK.
 * - `VENDOR_SERVER_URL`: the simulated vendors of sandboxes.
 * - `DEMO_FOLDER`, `DEMO_SIGN_IN`: what a demo's sign-in page offers to anybody: the sign-in in the folder's demo.json, or this one.
 *
 * - `RESEND_…` or `SMTP_URL` with `EMAIL_…`, `TWILIO_…` with `SMS_FROM`: the installation's own keys, for live workspaces without keys of theirs
 *   (docs/decisions/0007-vendor-keys-belong-to-workspaces.md). A `…_BASE_URL` leads to another server than the vendor's, such as a gateway, also for workspaces with keys of their own.
 */
export type Env = z.infer<typeof Env>;

const EXAMPLES: Record<string, string> & Record<keyof Env, string> = {
  DATABASE_URL: 'postgres://parcours:secret@127.0.0.1:5432/parcours',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  TEMPORAL_NAMESPACE: 'default',
  TEMPORAL_UI_URL: 'http://127.0.0.1:8233',
  PARCOURS_SECRET: 'at least 32 characters, for instance the output of "openssl rand -hex 32"',
  PARCOURS_FORMER_SECRET: 'the PARCOURS_SECRET before this one',
  PUBLIC_URL: 'https://parcours.example.com',
  PORT: '3000',
  API_REQUESTS_PER_SECOND: '1000',
  METRICS_PORT: '9464',
  METRICS_HOST: '0.0.0.0',
  TEMPORAL_METRICS_PORT: '9465',
  LOG_LEVEL: 'info',
  VENDOR_SERVER_URL: 'http://127.0.0.1:4010',
  DEMO_FOLDER: '.parcours',
  DEMO_SIGN_IN: 'ada@example.com:a password of ten letters',
  RESEND_API_KEY: 're_123456789',
  RESEND_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  RESEND_BASE_URL: 'https://api.resend.com',
  SMTP_URL: 'smtps://user:password@mail.example.com:465 (instead of RESEND_API_KEY, not beside it)',
  EMAIL_FROM: 'Maison Tillebou <bonjour@example.com>',
  EMAIL_REPLY_TO: 'clients@example.com',
  TWILIO_ACCOUNT_SID: 'AC followed by 32 hexadecimal digits',
  TWILIO_AUTH_TOKEN: 'the auth token beside the account SID in the Twilio console',
  TWILIO_BASE_URL: 'https://api.twilio.com',
  SMS_FROM: '+33756000000, a sender name, or a messaging service (MG…)',
  WHATSAPP_FROM: '+33756000001, the number of a WhatsApp sender of the same Twilio account',
};

/** The names of all variables, in the order of the guide's table. */
export const ENV_NAMES = Object.keys(EXAMPLES);

/** Parses the variables. Throws one error whose message has a sentence for each that is missing or wrong; values are never printed. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = Env.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
  throw new Error(wrong.map((name) => `${name} is ${given[name] === undefined ? 'missing' : 'not valid'}; example: ${EXAMPLES[name]}.`).join('\n'));
}

let parsedOnce: Env | undefined;

/** The environment of this process, parsed when first asked for. */
export function env(): Env {
  parsedOnce ??= readEnv(process.env);
  return parsedOnce;
}

/** For the commands of bin/: the environment, or the end of the process with what is wrong, each variable in one sentence with an example. */
export function envOrExit(): Env {
  try {
    return env();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
