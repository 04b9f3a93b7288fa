/** Stages 1 and 3 for webhooks (§11.5): what was just written as an event is queued for each destination that chose its type, in the same transaction. History is told to nobody. */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import type { LoadedWorkspace } from '#engine/load-workspace.ts';

type Written = { id: string; type: string; customerId: string | null; historical?: boolean };

export const queueWebhooks = (transaction: Transaction, { id: workspaceId, destinations }: Pick<LoadedWorkspace, 'id' | 'destinations'>, events: readonly Written[]): Promise<void> =>
  insertRows(transaction, 'webhooks', destinations.flatMap((destination) => events.filter(({ type, historical }) => historical !== true && destination.types.has(type)).map((event) => ({
    id: newId(), workspace_id: workspaceId, destination_id: destination.id, type: event.type, event_id: event.id, customer_id: event.customerId,
  }))));
