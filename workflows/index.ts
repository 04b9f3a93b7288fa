/** What the worker bundles: every workflow of Parcours. */
export { alarmWorkflow } from '#workflows/alarm.ts';
export { importWorkflow } from '#workflows/import.ts';
export { journeyWorkflow } from '#workflows/journey.ts';
