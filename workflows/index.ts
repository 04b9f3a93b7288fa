/** What the worker bundles: every workflow of Parcours. */
export { alarmWorkflow } from '#workflows/alarm.ts';
export { journeyWorkflow } from '#workflows/journey.ts';
