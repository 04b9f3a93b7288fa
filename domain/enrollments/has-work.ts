/** Whether a burst has anything to do for a customer. Asked before the facts are loaded, by the engine and by the simulator alike. */
import { CALLBACK_REQUESTED } from '#domain/tasks/callback-request.ts';
import { MAKES_KNOWN } from '#domain/events/customer-event.ts';
import type { AdvanceInput } from './advance-customer.ts';
import { firstDue } from './alarm.ts';

/**
 * An event that somebody listens to (or one deferred for a journey, or a wish to be called), a moment come, a command, a journey that stopped. Events that nobody listens to
 * are kept in the customer's history and wake nobody: conditions that hold at every happening are not asked for them.
 */
export function hasWork({ plans, listens, enrollments, alarms, events, commands, now }: Pick<AdvanceInput, 'plans' | 'listens' | 'enrollments' | 'alarms' | 'events' | 'commands' | 'now'>): boolean {
  return commands.length > 0
    || events.some(({ event, onlyJourneyId }) => onlyJourneyId !== undefined || (!event.historical && event.type === CALLBACK_REQUESTED) || ((!event.historical || MAKES_KNOWN.has(event.type)) && listens.has(event.type)))
    || enrollments.some(({ versionId, state }) => plans.get(versionId)!.status === 'stopped' || (state.waiting?.wakeAt != null && state.waiting.wakeAt <= now))
    || firstDue(alarms, plans, now) !== null;
}
