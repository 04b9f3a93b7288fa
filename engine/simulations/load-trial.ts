/** Reads what is needed to try a journey's draft on one customer, or on an invented one: rules and facts as a burst would know them. It writes nothing. */
import type { Transaction } from '#db/connection.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { SimulatedCustomer } from '#domain/simulation/person.ts';
import { readEntryCounts } from '#engine/burst/entry-counts.ts';
import { readNow } from '#engine/burst/gather.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { loadSimulatedCustomers, loadSurroundings } from './load-simulation.ts';

/** `customer` is null when none is named; undefined when nobody has the id. */
export type Trial = Awaited<ReturnType<typeof loadSurroundings>> & { entryCounts: Record<string, number>; now: Instant; customer: SimulatedCustomer | null | undefined };

export async function loadTrial(transaction: Transaction, workspaceId: string, asked: { journeyId: string; draft: Journey; customerId: string | null }): Promise<Trial> {
  const { journeyId, draft, customerId } = asked;
  const now = await readNow(transaction, workspaceId);
  const workspace = await loadWorkspace(transaction, workspaceId);
  const journeys = [{ journeyId, versionId: journeyId, versionNumber: 0, journey: draft }];
  const [customer] = customerId === null ? [null] : await loadSimulatedCustomers(transaction, workspace, journeys, [customerId], now);
  const entryCounts = await readEntryCounts(transaction, journeys, workspace.rules.timeZone, now);
  return { ...(await loadSurroundings(transaction, workspace)), entryCounts, now, customer };
}
