/** Opens an engine: the application's connections to Postgres, the timer over Temporal, and the hint to the routers. Each process opens one. */
import { openDatabase } from '#db/connection.ts';
import type { Env } from '#env.ts';
import type { Engine } from '#engine/engine.ts';
import { createHint, ROUTE_CHANNEL } from '#engine/hints.ts';
import { openTemporalClient, type TemporalClient } from '#temporal/client.ts';
import { createCohortTimer } from '#temporal/cohort-timer.ts';

export type EngineOptions = {
  databaseUrl: string;
  temporalAddress: string;
  temporalNamespace: string;
  publicUrl: string;
  vendorServerUrl?: string | undefined;
  secret: string;
  formerSecret?: string | undefined;
  vendorAccounts?: Engine['vendorAccounts'];
  vendorBaseUrls?: Engine['vendorBaseUrls'];
  taskQueue?: string;
  applicationName?: string;
  maximumConnections?: number;
  onTimerFailure?: (error: unknown) => void;
};

/** Nothing is connected before it is needed. `temporal` is the process's client; `close` ends the connections. */
export type OpenEngine = Engine & { temporal: TemporalClient; close: () => Promise<void> };

/** The accounts whose keys the environment names; `readEnv` has checked that each is whole. */
function vendorAccountsOf(env: Env): Engine['vendorAccounts'] {
  const from = env.EMAIL_FROM ?? '';
  const replyTo = env.EMAIL_REPLY_TO;
  return {
    ...(env.RESEND_API_KEY !== undefined && { email: { kind: 'resend', apiKey: env.RESEND_API_KEY, webhookSecret: env.RESEND_WEBHOOK_SECRET ?? '', from, replyTo } }),
    ...(env.SMTP_URL !== undefined && { email: { kind: 'smtp', url: env.SMTP_URL, from, replyTo } }),
    ...(env.TWILIO_ACCOUNT_SID !== undefined && { sms: { kind: 'twilio', accountSid: env.TWILIO_ACCOUNT_SID, authToken: env.TWILIO_AUTH_TOKEN ?? '', from: env.SMS_FROM ?? '' } }),
    ...(env.TWILIO_ACCOUNT_SID !== undefined && env.WHATSAPP_FROM !== undefined && { whatsapp: { kind: 'twilio', accountSid: env.TWILIO_ACCOUNT_SID, authToken: env.TWILIO_AUTH_TOKEN ?? '', from: env.WHATSAPP_FROM } }),
  };
}

/** The options that the environment names. */
export const engineOptionsOf = (env: Env): EngineOptions => ({
  databaseUrl: env.DATABASE_URL,
  temporalAddress: env.TEMPORAL_ADDRESS,
  temporalNamespace: env.TEMPORAL_NAMESPACE,
  publicUrl: env.PUBLIC_URL,
  vendorServerUrl: env.VENDOR_SERVER_URL,
  secret: env.PARCOURS_SECRET,
  formerSecret: env.PARCOURS_FORMER_SECRET,
  vendorAccounts: vendorAccountsOf(env),
  vendorBaseUrls: { resend: env.RESEND_BASE_URL, twilio: env.TWILIO_BASE_URL },
});

/** Opens an engine over one database and one Temporal. */
export function openEngine(options: EngineOptions): OpenEngine {
  const temporal = openTemporalClient({ address: options.temporalAddress, namespace: options.temporalNamespace });
  const database = openDatabase(options.databaseUrl, {
    applicationName: options.applicationName ?? 'parcours',
    maximumConnections: options.maximumConnections ?? 10,
  });
  return {
    database,
    temporal,
    timer: createCohortTimer(temporal, { taskQueue: options.taskQueue, onFailure: options.onTimerFailure }),
    hintRouters: createHint(database, ROUTE_CHANNEL),
    publicUrl: options.publicUrl,
    ...(options.vendorServerUrl !== undefined && { vendorServerUrl: options.vendorServerUrl }),
    secret: options.secret,
    ...(options.formerSecret !== undefined && { formerSecret: options.formerSecret }),
    vendorAccounts: options.vendorAccounts ?? {},
    vendorBaseUrls: options.vendorBaseUrls ?? {},
    async close() {
      await database.end({ timeout: 5 });
      await temporal.server.close();
    },
  };
}
