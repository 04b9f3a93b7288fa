/** What is in hand of whoever enters a journey: without the schemas, for whatever only reads a journey. */
import type { Trigger } from './trigger.ts';

/** What is in hand of somebody whom the calendar brought: `event.properties.date` is the date that was reached, before any offset. */
export const OCCURRENCE_EVENTS = { date: 'journey.date', recurring: 'journey.moment' } as const;

/** The type of the event in hand of whoever enters by this trigger. */
export const typeInHand = (trigger: Trigger): string => ('event' in trigger ? trigger.event.type : OCCURRENCE_EVENTS[trigger.kind]);
