/** Whether a burst may take its customer into a journey. Asked before what many customers share is locked, so that nobody waits for a cap who cannot use it up. */
import { matcherOf, isTimed } from '#domain/journeys/trigger.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import type { AdvanceInput } from './advance-customer.ts';
import { movesAlarms } from './fold-alarms.ts';

/** False only when no event, moment or command of this burst can lead to an entry; the entry itself may still be refused. */
export function mayEnter(plan: Plan, { alarms, events, commands, now }: Pick<AdvanceInput, 'alarms' | 'events' | 'commands' | 'now'>): boolean {
  if (!plan.takesEntries) return false;
  const { journeyId, journey: { entry: { trigger } } } = plan;
  const type = matcherOf(trigger)?.type;
  return commands.some((command) => (command.kind === 'enter' || command.kind === 'reckon') && command.journeyId === journeyId)
    || events.some(({ event }) => event.type === type || event.type === 'journey.joined' || movesAlarms(plan, event))
    || (isTimed(trigger) && alarms.some((alarm) => alarm.journeyId === journeyId && alarm.dueAt !== null && alarm.dueAt <= now));
}
