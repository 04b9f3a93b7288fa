/** Stage 6, measure: the sales attributed to each message step of a journey, with the latest of them (§12.9). Reads only. */
import type { Transaction } from '#db/connection.ts';
import { listSales, listSent, listWrittenTo, readWindows } from '#db/queries/attribution.ts';
import { attribute, type AttributionWindows } from '#domain/measurement/attribute.ts';
import type { Instant } from '#domain/shared/time.ts';

export type AttributedSale = { customerId: string; eventId: string; occurredAt: Instant; amountMinor: number };
export type AttributedNode = { nodeId: string; sales: number; amountMinor: number; latest: AttributedSale[] };

const PAGE = 1_000;
const LATEST = 5;

function byCustomer<T extends { customerId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.customerId, [...(groups.get(row.customerId) ?? []), row]);
  return groups;
}

/** Looks at every customer to whom the journey has written, page by page. */
export async function attributeSales(transaction: Transaction, workspaceId: string, journeyId: string): Promise<{ windows: AttributionWindows; nodes: AttributedNode[] }> {
  const windows = await readWindows(transaction, workspaceId);
  const nodes = new Map<string, AttributedNode>();
  for (let after: string | null = null, done = false; !done; ) {
    const customerIds: string[] = await listWrittenTo(transaction, journeyId, { after, limit: PAGE });
    const [sent, sales] = await Promise.all([listSent(transaction, customerIds), listSales(transaction, customerIds)]);
    const [sentTo, boughtBy] = [byCustomer(sent), byCustomer(sales)];
    for (const [customerId, mine] of boughtBy) {
      for (const { sale, message } of attribute(mine, sentTo.get(customerId) ?? [], windows)) {
        if (message?.journeyId !== journeyId || message.nodeId === null) continue;
        const node = nodes.get(message.nodeId) ?? { nodeId: message.nodeId, sales: 0, amountMinor: 0, latest: [] };
        nodes.set(message.nodeId, { ...node, sales: node.sales + 1, amountMinor: node.amountMinor + sale.amountMinor, latest: [...node.latest, sale].sort((a, b) => b.occurredAt - a.occurredAt).slice(0, LATEST) });
      }
    }
    after = customerIds.at(-1) ?? null;
    done = customerIds.length < PAGE;
  }
  return { windows, nodes: [...nodes.values()] };
}
