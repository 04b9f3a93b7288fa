/** A worker that a test starts as a process of its own, to kill it: its options are the environment's `WORKER_OPTIONS`. */
import pino from 'pino';
import { startWorker } from '#temporal/worker.ts';

startWorker({ ...JSON.parse(process.env['WORKER_OPTIONS'] ?? '{}'), log: pino({ level: 'silent' }) });
