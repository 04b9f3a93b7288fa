/** The task queues that workers poll. Tests that share a server give each worker a queue of its own. */
export const JOURNEYS_QUEUE = 'parcours-journeys';
