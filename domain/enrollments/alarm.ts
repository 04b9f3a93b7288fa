/** A customer's next moment in a journey that begins by the calendar: one alarm per journey and subject, kept between two bursts. */
import type { Plan } from '#domain/journeys/compile.ts';
import type { Instant } from '#domain/shared/time.ts';
import { isTimed } from '#domain/journeys/trigger.ts';
import type { Effect } from './effects.ts';

export type Alarm = {
  journeyId: string;
  subject: string;
  /** The occurrence that comes next, the date it is for, and when its turn comes; all null when none is known. */
  occurrence: string | null;
  date: string | null;
  dueAt: Instant | null;
  /** The last occurrence whose turn came or passed: none up to it ever takes anybody in again. */
  rung: string | null;
};

/** The version of a journey that takes people in, when it begins by the calendar. */
export function timedPlan(plans: ReadonlyMap<string, Plan>, journeyId: string): Plan | undefined {
  for (const plan of plans.values()) if (plan.journeyId === journeyId && plan.takesEntries && isTimed(plan.journey.entry.trigger)) return plan;
  return undefined;
}

/** The alarm whose turn comes first at or before `now`, in a journey that runs; of one instant by journey and subject. */
export function firstDue(alarms: Iterable<Alarm>, plans: ReadonlyMap<string, Plan>, now: Instant): (Alarm & { occurrence: string; date: string; dueAt: Instant }) | null {
  let first: (Alarm & { occurrence: string; date: string; dueAt: Instant }) | null = null;
  for (const { dueAt, occurrence, date, ...alarm } of alarms) {
    if (dueAt === null || occurrence === null || date === null || dueAt > now || timedPlan(plans, alarm.journeyId)?.status !== 'live') continue;
    const isEarlier = !first || dueAt < first.dueAt || (dueAt === first.dueAt && `${alarm.journeyId} ${alarm.subject}` < `${first.journeyId} ${first.subject}`);
    if (isEarlier) first = { ...alarm, dueAt, occurrence, date };
  }
  return first;
}

/** The alarms after these effects: of each journey and subject the last that was set. */
export function keepAlarms(alarms: readonly Alarm[], effects: readonly Effect[]): Alarm[] {
  const kept = new Map(alarms.map((alarm) => [`${alarm.journeyId} ${alarm.subject}`, alarm]));
  for (const effect of effects) {
    if (effect.kind === 'setAlarm') kept.set(`${effect.alarm.journeyId} ${effect.alarm.subject}`, effect.alarm);
    if (effect.kind === 'clearAlarm') kept.delete(`${effect.journeyId} ${effect.subject}`);
  }
  return [...kept.values()];
}
