/** The gauges of the whole installation, read from Postgres when they are asked for, at most every ten seconds. Every worker shows the same ones: take the highest, never the sum. */
import type { Meter, ObservableGauge } from '@opentelemetry/api';
import type { Database } from '#db/connection.ts';
import { readFigures, type Figures } from '#db/queries/figures.ts';

const MAXIMUM_AGE_SECONDS = 10;

type Plain = { [Key in keyof Figures]: Figures[Key] extends number ? Key : never }[keyof Figures];

/** Each figure under its name; docs/guides/operator.md says what to do about it. */
const GAUGES: Record<Plain, [name: string, description: string]> = {
  workers: ['parcours_workers', 'Workers seen in the last half minute'],
  unroutedHeads: ['parcours_unrouted_customers', 'Customers whose events no router has taken yet'],
  unroutedOldestSeconds: ['parcours_unrouted_oldest_seconds', 'Age of the oldest event that no router has taken'],
  overdueWakes: ['parcours_overdue_wakes', 'People who should have woken more than ten seconds ago'],
  overdueOldestSeconds: ['parcours_overdue_oldest_seconds', 'How late the latest of them is'],
  unarmedCohorts: ['parcours_unarmed_cohorts', 'Cohorts for which no workflow sleeps after ten seconds'],
  unknownSends: ['parcours_unknown_sends', 'Messages of the last day of which nobody knows whether they left'],
  quarantinedEvents: ['parcours_quarantined_events', 'Events of the last day that could not be taken'],
  quarantinedPosts: ['parcours_quarantined_posts', 'Posts of shops that wait until their cause is put right'],
  dueWebhooks: ['parcours_due_webhooks', 'Webhooks that are due and not delivered'],
  dueWebhooksOldestSeconds: ['parcours_due_webhooks_oldest_seconds', 'How long the oldest of them has been due'],
  failingDestinations: ['parcours_failing_destinations', 'Destinations of webhooks that take nothing now'],
  disabledDestinations: ['parcours_disabled_destinations', 'Destinations that were disabled'],
  dueRequests: ['parcours_due_requests', 'Requests of journeys that are due and not answered'],
  connectionLimit: ['parcours_database_connection_limit', 'Connections that PostgreSQL takes'],
  oldestTransactionSeconds: ['parcours_database_oldest_transaction_seconds', 'Age of the oldest open transaction'],
  strayRows: ['parcours_stray_rows', 'Rows in default partitions, counted up to a thousand each'],
  monthsAhead: ['parcours_partition_months_ahead', 'Months after this one that have their partition'],
};

/** Registers the gauges. A database that is away leaves them out, and `parcours_database_up` is 0. */
export function watchInstallation(meter: Meter, database: Database): void {
  const gauge = (name: string, description: string): ObservableGauge => meter.createObservableGauge(name, { description });
  const up = gauge('parcours_database_up', 'Whether the figures could be read');
  const age = gauge('parcours_figures_age_seconds', 'How long ago they were read');
  const waiting = gauge('parcours_outbox_due', 'Messages that are due, by channel and state');
  const oldest = gauge('parcours_outbox_oldest_seconds', 'How long the oldest of them has been due');
  const connections = gauge('parcours_database_connections', 'Connections by application');
  const plain = Object.entries(GAUGES).map(([key, [name, description]]) => ({ key: key as Plain, gauge: gauge(name, description) }));
  meter.addBatchObservableCallback(async (result) => {
    const reading = await readFigures(database, MAXIMUM_AGE_SECONDS).catch(() => null);
    result.observe(up, reading ? 1 : 0);
    if (!reading) return;
    const { figures, readAt } = reading;
    result.observe(age, Math.max(0, (Date.now() - readAt.getTime()) / 1_000));
    for (const each of plain) result.observe(each.gauge, figures[each.key]);
    for (const { channel, state, count, oldestSeconds } of figures.outbox) {
      result.observe(waiting, count, { channel, state });
      result.observe(oldest, oldestSeconds, { channel, state });
    }
    for (const { application, count } of figures.connections) result.observe(connections, count, { application });
  }, [up, age, waiting, oldest, connections, ...plain.map((each) => each.gauge)]);
}
