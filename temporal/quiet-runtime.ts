/** The Temporal SDK's own lines would come for every poll that fails; ours come once, when the state changes. Signals are ours to handle, too. */
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

let installed = false;

/** Keeps the SDK silent but for errors, and shows its metrics to Prometheus at an address, if one is given. Once per process, before its first worker. */
export function quietRuntime(metricsAddress?: string): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} }, ...(metricsAddress !== undefined && { metrics: { prometheus: { bindAddress: metricsAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true } } }) },
    shutdownSignals: [],
  });
}
