/** How many customers a condition holds for right now, with examples, decided by the kernel's own `matchesCondition`. Nothing is changed. */
import type { Transaction } from '#db/connection.ts';
import { seenBy } from '#db/queries/seen-customers.ts';
import type { Condition } from '#domain/audiences/condition.ts';
import { conditionNeeds } from '#domain/audiences/condition-needs.ts';
import { matchesCondition } from '#domain/audiences/matches.ts';
import { CHANNELS, perChannel, type Channel } from '#domain/customers/channels.ts';
import { conditionSubject } from '#domain/enrollments/condition-subject.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import { readNow } from '#engine/burst/gather.ts';
import { loadFacts } from '#engine/burst/load-facts.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';

export type Reach = { withAddress: number; agreed: number };
export type AudienceCount = {
  /** Of all customers: counted when `isEstimate` is false, else projected from those looked at, who are chosen by a hash of their ids. */
  customers: number;
  inAll: number;
  isEstimate: boolean;
  looked: number;
  examples: { id: string; name: string | null }[];
  /** Of those who match, projected in the same way: who can be reached by each channel, and who has agreed to marketing there. */
} & Record<Channel, Reach>;

const PAGE = 500;
const MOST_LOOKED_AT = 20_000;
const EXAMPLES = 3;

const nameOf = ({ profile }: CustomerFacts): string | null => [profile.firstName, profile.lastName].filter(Boolean).join(' ') || null;
const agreed = ({ consents }: CustomerFacts, channel: string): boolean => consents.some((consent) => consent.purpose === 'marketing' && consent.channel === channel && consent.state === 'granted');

/** Looks at customers in an order that is no order, until all are seen or `limitMs` of machine time has passed. Of `storeIds` only the customers whom they see. A condition that reads the event in hand has no answer: null. */
export async function countAudience(transaction: Transaction, workspaceId: string, condition: Condition, limitMs: number, storeIds: readonly string[] | null = null): Promise<AudienceCount | null> {
  const needs = conditionNeeds(condition);
  if (needs.event) return null;
  const since = performance.now();
  const ours = storeIds === null ? transaction`true` : transaction`id in (${seenBy(transaction, storeIds)})`;
  const [workspace, now, [all], rows] = await Promise.all([
    loadWorkspace(transaction, workspaceId), readNow(transaction, workspaceId),
    transaction<{ count: number }[]>`select count(*)::int as count from customers where ${ours}`,
    transaction<{ id: string }[]>`select id from customers where ${ours} order by md5(id::text) limit ${MOST_LOOKED_AT}`,
  ]);
  const found = { customers: 0, ...perChannel((): Reach => ({ withAddress: 0, agreed: 0 })) };
  const examples: AudienceCount['examples'] = [];
  let looked = 0;
  while (looked < rows.length && (looked === 0 || performance.now() - since < limitMs)) {
    const ids = rows.slice(looked, looked + PAGE).map(({ id }) => id);
    const facts = await loadFacts(transaction, workspace, [{ needs }], ids, new Map(ids.map((id) => [id, Number.MAX_SAFE_INTEGER])), now);
    looked += ids.length;
    for (const each of facts.values()) {
      if (!matchesCondition(condition, conditionSubject(each, null, {}), now)) continue;
      found.customers += 1;
      for (const channel of CHANNELS) {
        if (!each.reachable[channel]?.ok) continue;
        found[channel].withAddress += 1;
        if (agreed(each, channel)) found[channel].agreed += 1;
      }
      if (examples.length < EXAMPLES) examples.push({ id: each.customerId, name: nameOf(each) });
    }
  }
  const inAll = all?.count ?? 0;
  const project = (count: number): number => (looked >= inAll ? count : Math.round((count / looked) * inAll));
  const projected = ({ withAddress, agreed: yes }: Reach): Reach => ({ withAddress: project(withAddress), agreed: project(yes) });
  return { customers: project(found.customers), inAll, isEstimate: looked < inAll, looked, examples, ...perChannel((channel) => projected(found[channel])) };
}
