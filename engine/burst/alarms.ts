/** A burst's alarms: the customers' next moments in journeys that begin by the calendar, read before the fold and written after it. */
import type { Transaction } from '#db/connection.ts';
import { timedPlan, type Alarm } from '#domain/enrollments/alarm.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import { formatInstant, MINUTE_MS, type Instant } from '#domain/shared/time.ts';
import type { CustomerEffect } from './write-messages.ts';

type AlarmRow = { customer_id: string; journey_id: string; subject: string; occurrence: string | null; date: string | null; due_at: Date | null; rung: string | null };

/** Asked only where some journey begins by the calendar. */
export async function loadAlarms(transaction: Transaction, plans: ReadonlyMap<string, Plan>, customerIds: string[]): Promise<Map<string, Alarm[]>> {
  const alarms = new Map<string, Alarm[]>();
  const journeyIds = [...new Set([...plans.values()].map(({ journeyId }) => journeyId))].filter((journeyId) => timedPlan(plans, journeyId) !== undefined);
  if (journeyIds.length === 0) return alarms;
  const rows = await transaction<AlarmRow[]>`
    select customer_id, journey_id, subject, occurrence, date, due_at, rung from alarms where customer_id = any(${customerIds}) and journey_id = any(${journeyIds}) order by customer_id, journey_id, subject`;
  for (const row of rows) {
    const mine = alarms.get(row.customer_id) ?? [];
    mine.push({ journeyId: row.journey_id, subject: row.subject, occurrence: row.occurrence, date: row.date, dueAt: row.due_at?.getTime() ?? null, rung: row.rung });
    alarms.set(row.customer_id, mine);
  }
  return alarms;
}

type Written = { customerId: string; alarm: Alarm | null; journeyId: string; subject: string };

/** What each alarm has become at the end of the burst. */
function lastOf(effects: readonly CustomerEffect[]): Written[] {
  const last = new Map<string, Written>();
  for (const { customerId, effect } of effects) {
    if (effect.kind !== 'setAlarm' && effect.kind !== 'clearAlarm') continue;
    const { journeyId, subject } = effect.kind === 'setAlarm' ? effect.alarm : effect;
    last.set(`${customerId} ${journeyId} ${subject}`, { customerId, journeyId, subject, alarm: effect.kind === 'setAlarm' ? effect.alarm : null });
  }
  return [...last.values()];
}

/** Writes them; one that is moved to another minute is armed anew. Answers the minutes that somebody is due in. */
export async function writeAlarms(transaction: Transaction, workspaceId: string, effects: readonly CustomerEffect[]): Promise<Instant[]> {
  const written = lastOf(effects);
  const cleared = written.filter(({ alarm }) => alarm === null);
  if (cleared.length > 0) {
    await transaction`
      delete from alarms a using unnest(${cleared.map(({ customerId }) => customerId)}::uuid[], ${cleared.map(({ journeyId }) => journeyId)}::uuid[], ${cleared.map(({ subject }) => subject)}::text[]) t(c, j, s)
      where a.customer_id = t.c and a.journey_id = t.j and a.subject = t.s`;
  }
  const rows = written.flatMap(({ customerId, alarm }) => (alarm ? [{
    workspace_id: workspaceId, customer_id: customerId, journey_id: alarm.journeyId, subject: alarm.subject, kind: 'entry', occurrence: alarm.occurrence, date: alarm.date,
    due_at: alarm.dueAt === null ? null : formatInstant(alarm.dueAt), rung: alarm.rung, armed_at: null,
  }] : []));
  if (rows.length === 0) return [];
  await transaction`
    insert into alarms select * from jsonb_populate_recordset(null::alarms, ${transaction.json(rows)})
    on conflict (customer_id, journey_id, subject) do update set occurrence = excluded.occurrence, date = excluded.date, rung = excluded.rung, due_at = excluded.due_at,
      armed_at = case when alarms.due_at = excluded.due_at then alarms.armed_at end`;
  return [...new Set(written.flatMap(({ alarm }) => (alarm?.dueAt != null ? [Math.floor(alarm.dueAt / MINUTE_MS) * MINUTE_MS] : [])))];
}
