/**
 * Makes the search attributes of our workflows known to a Temporal cluster. A start that sets an unknown one fails, so this runs before
 * the worker starts and whenever it meets a new cluster.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';

/** All are keywords: ids to filter by in Temporal's own interface. */
export const SEARCH_ATTRIBUTES = ['WorkspaceId', 'JourneyId', 'JourneyVersion'] as const;

/** `INDEXED_VALUE_TYPE_KEYWORD` of Temporal's API; the package that names it has no exports that Node's ESM finds. */
const INDEXED_VALUE_TYPE_KEYWORD = 2;
const ATTEMPTS = 60;

/** Registers what is missing and returns once the cluster lists all three. Doing it twice changes nothing. */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  let reason = 'they stay invisible';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await pause(500);
    try {
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
      const missing = SEARCH_ATTRIBUTES.filter((name) => customAttributes?.[name] !== INDEXED_VALUE_TYPE_KEYWORD);
      if (missing.length === 0) return;
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD])) });
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  throw new Error(`Temporal's namespace ${namespace} did not take the search attributes ${SEARCH_ATTRIBUTES.join(', ')}: ${reason}.`);
}
