/** `npm run worker`: one worker process, until SIGTERM or Ctrl-C; a second signal does not wait. */
import pino from 'pino';
import { showMetrics } from '#bin/metrics/show-metrics.ts';
import { envOrExit } from '#env.ts';
import { engineOptionsOf } from '#temporal/open-engine.ts';
import { startWorker } from '#temporal/worker.ts';

const settings = envOrExit();
const log = pino({ name: 'worker', level: settings.LOG_LEVEL });
const worker = startWorker({
  ...engineOptionsOf(settings),
  log,
  vendorServerUrl: settings.VENDOR_SERVER_URL,
  ...(settings.TEMPORAL_METRICS_PORT !== undefined && { temporalMetricsAddress: `${settings.METRICS_HOST}:${settings.TEMPORAL_METRICS_PORT}` }),
  onTimerFailure: (error) => log.debug({ reason: error instanceof Error ? error.message : String(error) }, 'a cohort could not be armed; the sweep does it later'),
});
const metrics = await showMetrics('worker', settings, log);
log.info({ workerId: worker.workerId }, 'the worker has started');

let isEnding = false;
const end = (signal: string): void => {
  if (isEnding) process.exit(1);
  isEnding = true;
  log.info({ signal }, 'the worker finishes what it has begun');
  void Promise.all([worker.stop(), metrics.end()]).then(
    () => process.exit(0),
    (error: unknown) => {
      log.error({ reason: error instanceof Error ? error.message : String(error) }, 'the worker did not end cleanly');
      process.exit(1);
    },
  );
};
process.on('SIGTERM', end);
process.on('SIGINT', end);
