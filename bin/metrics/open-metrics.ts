/** The Prometheus endpoint of one process, on a port of its own that no customer reaches: `http://{METRICS_HOST}:{METRICS_PORT}/metrics`. */
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { Database } from '#db/connection.ts';
import { watchInstallation } from './installation-gauges.ts';
import { watchProcess } from './process-instruments.ts';

/** `database`: of the process that shows the figures of the installation, too. */
export type MetricsOptions = { host: string; port: number; database?: Database };

/** Listens, or throws when it cannot; answers how to end it. */
export async function openMetrics({ host, port, database }: MetricsOptions): Promise<() => Promise<void>> {
  const exporter = new PrometheusExporter({ host, port, preventServerStart: true, withoutScopeInfo: true, withoutTargetInfo: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const meter = provider.getMeter('parcours');
  const stop = watchProcess(meter);
  if (database) watchInstallation(meter, database);
  await exporter.startServer();
  return async () => {
    stop();
    await provider.shutdown();
  };
}
