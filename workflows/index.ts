/** What the worker bundles: every workflow of Parcours. */
export { journeyWorkflow } from '#workflows/journey.ts';
