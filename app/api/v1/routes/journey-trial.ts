/** What a browser needs to try a journey on somebody by the production rules (§12.3). It is only read: the trial itself runs in the page, and sends nothing. */
import { z } from 'zod';
import { findJourney } from '#db/queries/journeys.ts';
import { Consent, ConsentPolicy } from '#domain/customers/consent.ts';
import { CustomerFigures } from '#domain/customers/figures.ts';
import { IDENTIFIER_KINDS } from '#domain/customers/identifiers.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { Offer } from '#domain/offers/offer.ts';
import { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { PressurePolicy } from '#domain/pressure/policy.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { loadTrial } from '#engine/simulations/load-trial.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { IdOf } from '#app/api/edge.ts';

const At = z.number().int().meta({ description: 'Epoch milliseconds.' });

const TriedCustomer = z.object({
  id: z.string().meta({ description: 'As it is kept, a UUID.' }), identifiers: z.array(z.object({ kind: z.enum(IDENTIFIER_KINDS), value: z.string() })), profile: CustomerProfile, figures: CustomerFigures,
  consents: z.array(Consent), balances: z.record(z.string(), z.number()), pressure: z.array(LedgerEntry), stopped: z.record(z.string(), z.string()),
  vouchers: z.array(z.object({ offerKey: z.string(), status: z.enum(['issued', 'redeemed', 'revoked']), validFrom: At.optional(), validUntil: At.nullable() })),
  history: z.array(z.object({ type: z.string(), occurredAt: At, properties: z.record(z.string(), z.unknown()) })),
  register: z.array(z.object({ journeyId: z.string(), entryKey: z.string(), enteredAt: At, endedAt: At.nullable() })),
});

const trial = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/trial', noun: 'Journeys', summary: 'Read what trying a journey on a customer needs', scope: 'customers:read', errors: ['journey.unknown', 'customer.unknown'],
  description: 'The rules in force, and the facts of one customer that the saved draft asks for, as the engine would load them for a burst now. Nothing is written.',
  params: z.object({ journeyId: IdOf('journey') }), query: z.strictObject({ customerId: IdOf('customer').optional() }),
  response: z.object({
    now: At, currency: z.string(), customer: TriedCustomer.nullable().meta({ description: 'Null when none was named.' }),
    rules: z.object({
      workspaceId: z.string(), timeZone: z.string(), country: z.string(), language: z.string(), sender: z.string(), consentPolicy: ConsentPolicy, policy: PressurePolicy,
      programmes: z.array(LoyaltyProgramme), offers: z.record(z.string(), Offer),
    }),
    stores: z.array(z.object({ externalId: z.string(), id: z.string(), zone: z.string() })),
    templates: z.array(z.object({ key: z.string(), channel: z.string(), languages: z.array(z.string()), number: z.number().int() })),
    offerStock: z.record(z.string(), z.number().nullable()),
    entryCounts: z.record(z.string(), z.number()).meta({ description: 'Of a draft with a cap on entries, how many the window of now has taken in.' }),
  }),
  async read({ transaction, workspaceId, params: { journeyId }, query: { customerId } }) {
    const journey = await findJourney(transaction, journeyId);
    if (!journey) throw new PermanentError('journey.unknown', 'There is no such journey.');
    const { customer, stores, templates, ...rest } = await loadTrial(transaction, workspaceId, { journeyId, draft: journey.draft, customerId: customerId ?? null });
    if (customer === undefined) throw new PermanentError('customer.unknown', 'There is no such customer.');
    return { ...rest, customer, stores: [...stores].map(([externalId, store]) => ({ externalId, ...store })), templates: [...(templates ?? [])].map(([key, template]) => ({ key, ...template })) };
  },
});

export const journeyTrialRoutes = [trial];
