/** What one process measures of its own work: bursts, calls to vendors, turns of its loops, requests, its memory and its event loop. No label names a customer, a workspace or an address. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Meter } from '@opentelemetry/api';
import { hear } from '#engine/measured.ts';

const SECONDS = { unit: 's', advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20] } };
const NANOSECONDS = 1e9;

/** Registers the instruments; answers how to stop hearing. */
export function watchProcess(meter: Meter): () => void {
  const bursts = meter.createHistogram('parcours_burst_seconds', { ...SECONDS, description: 'How long bursts take, from the lock to the last write' });
  const advanced = meter.createCounter('parcours_advanced_customers', { description: 'Customers in bursts' });
  const calls = meter.createHistogram('parcours_vendor_call_seconds', { ...SECONDS, description: 'How long calls to vendors take' });
  const handedOver = meter.createCounter('parcours_vendor_messages', { description: 'Messages in calls to vendors, by what came of them' });
  const requests = meter.createHistogram('parcours_request_seconds', { ...SECONDS, description: 'How long requests to the API take' });
  const failures = meter.createCounter('parcours_loop_failures', { description: 'Turns of a loop that failed' });
  const turned = new Map<string, number>();
  meter.createObservableGauge('parcours_loop_last_turn_seconds', { description: 'How long ago a loop of this worker made its last turn that did not fail' })
    .addCallback((result) => turned.forEach((at, loop) => result.observe((performance.now() - at) / 1_000, { loop })));
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  meter.createObservableGauge('parcours_event_loop_delay_seconds', { description: 'Delay of the event loop since the last look, 99th percentile' }).addCallback((result) => {
    result.observe(delay.percentile(99) / NANOSECONDS);
    delay.reset();
  });
  meter.createObservableGauge('parcours_memory_bytes', { description: 'Resident memory' }).addCallback((result) => result.observe(process.memoryUsage.rss()));
  const stops = [
    hear('burst', ({ seconds, customers, failed }) => {
      bursts.record(seconds, { failed: String(failed) });
      advanced.add(customers);
    }),
    hear('vendorCall', ({ channel, seconds, outcomes }) => {
      calls.record(seconds, { channel });
      for (const [outcome, count] of Object.entries(outcomes)) handedOver.add(count, { channel, outcome });
    }),
    hear('request', ({ method, route, status, seconds }) => requests.record(seconds, { method, route, status: `${Math.floor(status / 100)}xx` })),
    hear('loop', ({ name, failed }) => {
      if (failed) failures.add(1, { loop: name });
      else turned.set(name, performance.now());
    }),
  ];
  return () => {
    delay.disable();
    stops.forEach((stop) => stop());
  };
}
