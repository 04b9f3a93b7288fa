/** Grants an offer as a voucher with a code; stock, limits and validity decide, and a refusal is a branch of its own. */
import { z } from 'zod';
import { grantOffer } from '#domain/offers/offer.ts';
import { defineNodeKind, NO_COST } from '#domain/journeys/node-kind.ts';

/** The key is empty in a draft whose author has not chosen an offer yet; such a journey cannot be published. */
export const GrantOfferSettings = z.strictObject({ offerKey: z.string() });
export type GrantOfferSettings = z.infer<typeof GrantOfferSettings>;

export const grantOfferNode = defineNodeKind({
  kind: 'grantOffer',
  family: 'give',
  settings: GrantOfferSettings,
  defaults: (): GrantOfferSettings => ({ offerKey: '' }),
  ports: () => ['next', 'refused'],
  canFail: true,
  validate: ({ offerKey }, { offers }) =>
    offerKey === '' ? [{ code: 'reference.noOffer', message: 'Choose the offer to give.', path: ['offerKey'] }] : offers && !offers.has(offerKey)
      ? [{ code: 'reference.offer', message: `There is no offer «${offerKey}»: create it or choose another.`, path: ['offerKey'] }]
      : [],
  needs: ({ offerKey }) => ({ offerStock: [offerKey] }),
  waits: false,
  heldOutPort: 'next',
  cost: NO_COST,
  step: ({ settings, facts, shared, rules, enrollment, nodeId, visit, now }) => {
    const offer = rules.offers[settings.offerKey];
    if (!offer) return { kind: 'fail', reason: { code: 'offer.unknown', figures: { offerKey: settings.offerKey } } };
    const granted = facts.vouchers.filter((voucher) => voucher.offerKey === offer.key && voucher.status !== 'revoked').length;
    const decision = grantOffer(offer, { remainingStock: shared.offerStock[offer.key] ?? null, grantedToCustomer: granted }, now, facts.zone);
    if (decision.kind === 'refused') return { kind: 'go', port: 'refused', tells: { type: 'offer.refused', properties: { offer: offer.key, reason: decision.reason.code } }, detail: { offerKey: offer.key, reason: decision.reason } };
    return {
      kind: 'go',
      port: 'next',
      effects: [
        { kind: 'grantOffer', grantKey: `${enrollment.id}:${nodeId}:${visit}`, offerKey: offer.key, at: now, validFrom: decision.validFrom, validUntil: decision.validUntil },
      ],
      detail: { offerKey: offer.key, validUntil: decision.validUntil },
    };
  },
});
