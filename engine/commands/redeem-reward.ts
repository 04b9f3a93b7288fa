/** A command: a customer's points become a voucher (§10.7): the transfer and the grant in one transaction, under the customer's head and the offer's stock. */
import { v7 as newId } from 'uuid';
import { customerZone } from '#domain/customers/customer-zone.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { changeOfBalance } from '#domain/loyalty/ledger.ts';
import { redeemReward as decideReward } from '#domain/loyalty/rewards.ts';
import { grantOffer } from '#domain/offers/offer.ts';
import { formatId } from '#domain/shared/ids.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import type { Instant } from '#domain/shared/time.ts';
import { appendSystemEvents } from '#engine/append-system-events.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { issueVouchers } from '#engine/issue-vouchers.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { postTransfers } from '#engine/post-transfers.ts';
import { audit, type CommandContext } from './command-context.ts';

export type RedeemedReward = { rewardKey: string; costPoints: number; balance: number; voucher: { id: string; code: string; offerKey: string; validFrom: Instant; validUntil: Instant }; events: number };

export async function redeemReward(context: CommandContext, input: { programmeKey: string; rewardKey: string; customerId: string }): Promise<Result<RedeemedReward>> {
  const { transaction, workspaceId } = context;
  const { programmeKey, rewardKey, customerId } = input;
  const [head] = await lockHeads(transaction, [customerId]);
  if (!head) return fail({ code: 'customer.unknown', message: 'There is no such customer.', path: ['body', 'customerId'] });
  const { rules, offerIds } = await loadWorkspace(transaction, workspaceId);
  const programme = rules.programmes.find(({ key }) => key === programmeKey);
  if (!programme) throw new PermanentError('programme.unknown', 'There is no such programme.');
  const now = await readNow(transaction, workspaceId);
  const [stand] = await transaction<{ profile: unknown; phone: string | null; balance: number | null }[]>`
    select c.profile, (select value from customer_identifiers where customer_id = c.id and kind = 'phone' order by created_at limit 1) as phone,
           (select amount from balances where customer_id = c.id and programme_key = ${programmeKey} and account = 'customer:available') as balance
      from customers c where c.id = ${customerId}`;
  const balance = stand?.balance ?? 0;
  const decided = decideReward(programme, rewardKey, balance, { key: `reward:${newId()}`, customerId, at: now });
  if (!decided.ok) return decided;
  const { reward, transfer } = decided.value;
  const offer = rules.offers[reward.offerKey];
  const offerId = offerIds.get(reward.offerKey);
  if (!offer || !offerId) throw new PermanentError('offer.unknown', 'The offer of this reward is gone.');
  const [stock] = await transaction<{ remaining: number }[]>`select stock_total - stock_granted as remaining from offers where id = ${offerId} and stock_total is not null for no key update`;
  const [granted] = await transaction<{ count: number }[]>`select count(*)::int as count from vouchers where customer_id = ${customerId} and offer_id = ${offerId} and status <> 'revoked'`;
  const { zone } = customerZone({ profile: CustomerProfile.parse(stand?.profile ?? {}), phone: stand?.phone ?? null, storeZone: null, workspaceZone: rules.timeZone });
  const grant = grantOffer(offer, { remainingStock: stock?.remaining ?? null, grantedToCustomer: granted?.count ?? 0 }, now, zone);
  if (grant.kind === 'refused') return fail({ code: grant.reason.code, message: `The offer of this reward cannot be granted: ${grant.reason.code}.`, path: ['rewardKey'] });
  const { validFrom, validUntil } = grant;
  await postTransfers(transaction, workspaceId, [transfer]);
  const [voucher] = await issueVouchers(transaction, workspaceId, [{ customerId, offerId, grantKey: transfer.key, at: now, validFrom, validUntil }]);
  if (!voucher) throw new Error('a grant issues a voucher');
  const events = await appendSystemEvents(transaction, workspaceId, [
    { customerId, type: 'points.posted', occurredAt: now, properties: { programme: programmeKey, amount: changeOfBalance(transfer), kind: transfer.kind } },
    { customerId, type: 'offer.granted', occurredAt: now, properties: { offer: offer.key } },
  ]);
  await audit(context, { action: 'reward.redeem', subject: formatId('customer', customerId), after: { programmeKey, rewardKey, costPoints: reward.costPoints, voucher: formatId('voucher', voucher.id) } });
  return ok({ rewardKey, costPoints: reward.costPoints, balance: balance - reward.costPoints, voucher: { id: voucher.id, code: voucher.code, offerKey: offer.key, validFrom, validUntil }, events });
}
