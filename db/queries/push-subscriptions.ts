/** The browsers of a customer as their card and the API show them: never the address or the keys. */
import type { Transaction } from '#db/connection.ts';

export type PushSubscriptionRow = { id: string; service: string; userAgent: string | null; createdAt: Date; seenAt: Date };
export const listPushSubscriptions = (transaction: Transaction, customerId: string): Promise<PushSubscriptionRow[]> => transaction<PushSubscriptionRow[]>`
  select id, substring(endpoint from '^https?://([^/:]+)') as service, user_agent as "userAgent", created_at as "createdAt", seen_at as "seenAt" from push_subscriptions
   where customer_id = ${customerId} and gone_at is null order by seen_at desc, id desc`;
