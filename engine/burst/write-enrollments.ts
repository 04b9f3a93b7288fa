/** Step five of a burst, first half: enrollments with their burst numbers, traces, passes, and the places of those who now wait. */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import type { NodePass, TraceLine } from '#domain/enrollments/effects.ts';
import type { Enrollment } from '#domain/enrollments/state.ts';
import { invariant } from '#domain/shared/invariant.ts';
import { formatInstant, MINUTE_MS, type Instant } from '#domain/shared/time.ts';
import { placeInCohorts } from './place-in-cohorts.ts';

export type Advanced = { customerId: string; enrollments: Enrollment[]; traces: TraceLine[]; passes: NodePass[] };

/** Where a person stands: the node waited at, else the last one, for counting. */
const standsAt = ({ state }: Enrollment): string => state.waiting?.nodeId ?? state.ending?.nodeId ?? 'entry';

/** Writes the new states; answers the cohorts that somebody was put into. The burst number is the guard: who was advanced by another in the meantime makes the burst fail. */
export async function writeEnrollments(transaction: Transaction, workspaceId: string, advanced: Advanced[]): Promise<Set<string>> {
  const all = advanced.flatMap(({ customerId, enrollments }) => enrollments.map((enrollment) => ({ customerId, enrollment })));
  const sleepers = all.flatMap(({ enrollment }) => {
    const wakeAt = enrollment.state.waiting?.wakeAt;
    return wakeAt == null ? [] : [{ enrollmentId: enrollment.id, versionId: enrollment.versionId, wakeAt }];
  });
  const places = await placeInCohorts(transaction, workspaceId, sleepers);
  const rows = all.map(({ customerId, enrollment }) => ({
    id: enrollment.id,
    workspace_id: workspaceId,
    journey_id: enrollment.journeyId,
    version_id: enrollment.versionId,
    customer_id: customerId,
    entry_key: enrollment.entryKey,
    state: enrollment.state,
    burst: enrollment.burst + 1,
    node_id: standsAt(enrollment),
    wake_at: enrollment.state.waiting?.wakeAt == null ? null : formatInstant(enrollment.state.waiting.wakeAt),
    cohort_id: places.get(enrollment.id) ?? null,
    entered_at: formatInstant(enrollment.enteredAt),
    ended_at: enrollment.state.ending ? formatInstant(enrollment.state.ending.at) : null,
    ending: enrollment.state.ending?.kind ?? null,
  }));
  const inserted = insertRows(transaction, 'enrollments', rows.filter((row) => row.burst === 1));
  const old = rows.filter((row) => row.burst > 1);
  if (old.length > 0) {
    const [updated] = await Promise.all([transaction`
      update enrollments e set state = n.state, burst = n.burst, node_id = n.node_id, wake_at = n.wake_at, cohort_id = n.cohort_id, ended_at = n.ended_at, ending = n.ending,
        version_id = n.version_id
      from jsonb_populate_recordset(null::enrollments, ${transaction.json(old as never)}) n
      where e.id = n.id and e.id = any(${old.map((row) => row.id)}) and e.burst = n.burst - 1`, inserted]);
    invariant(updated.count === old.length, 'no other burst advanced these enrollments');
  }
  await inserted;
  return new Set(places.values());
}

/** Appends the lines of what happened and one row per node and port passed. */
export async function writeTraces(transaction: Transaction, workspaceId: string, advanced: Advanced[], now: Instant): Promise<void> {
  const traced = insertRows(transaction, 'traces', advanced.flatMap(({ customerId, traces }) => traces.map((line) => ({
    id: newId(),
    workspace_id: workspaceId,
    customer_id: customerId,
    journey_id: line.journeyId,
    version_id: line.versionId,
    enrollment_id: line.enrollmentId,
    node_id: line.nodeId,
    visit: line.visit,
    kind: line.kind,
    data: line.data,
    at: formatInstant(line.at),
  }))));
  const counts = new Map<string, NodePass & { passed: number }>();
  for (const pass of advanced.flatMap(({ passes }) => passes)) {
    const key = `${pass.versionId} ${pass.nodeId} ${pass.port}`;
    const counted = counts.get(key) ?? { ...pass, passed: 0 };
    counted.passed += 1;
    counts.set(key, counted);
  }
  const minute = formatInstant(Math.floor(now / MINUTE_MS) * MINUTE_MS);
  const passes = [...counts.values()].map((pass) => ({ workspace_id: workspaceId, version_id: pass.versionId, node_id: pass.nodeId, port: pass.port, passed: pass.passed, minute }));
  await Promise.all([traced, insertRows(transaction, 'node_passes', passes)]);
}
