/**
 * Reads what `npm run simulate` is given: journeys as `npm run journeys -- export` writes them, customers and events a line each, and a folder of rules.
 * Everything wrong is told with its file and line before anything runs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Consent, ConsentPolicy } from '#domain/customers/consent.ts';
import { Contract, MOST_CONTRACTS } from '#domain/customers/contracts.ts';
import { CustomerFigures } from '#domain/customers/figures.ts';
import { IDENTIFIER_KINDS, normaliseIdentifier, type Identifier } from '#domain/customers/identifiers.ts';
import { MOST_SUBSCRIPTIONS } from '#domain/customers/push-subscription.ts';
import { CountryCode, CustomerProfile, LanguageTag } from '#domain/customers/profile.ts';
import { MOST_RELATIVES, Relative } from '#domain/customers/relatives.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { validateJourney } from '#domain/journeys/validate.ts';
import { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { SIMULATED_BROWSERS } from '#domain/messages/simulated-vendor.ts';
import { Offer } from '#domain/offers/offer.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { PressurePolicy } from '#domain/pressure/policy.ts';
import { DAY_MS, isTimeZone, parseInstant, type Instant } from '#domain/shared/time.ts';
import type { SimulatedCustomer } from '#domain/simulation/person.ts';
import type { SimulationInput } from '#domain/simulation/simulate.ts';
import type { SimulatedEvent } from '#domain/simulation/take-in-events.ts';

export type SimulationFiles = { journeys: string; customers: string; rules: string | null; events: string; from: string | null; to: string | null };

/** All that is wrong, one sentence per line. */
export class WrongFiles extends Error {
  override name = 'WrongFiles';
}

const Text = z.string().min(1).max(200);
const IsoInstant = z.string().transform((text, context): Instant => {
  const at = parseInstant(text);
  if (at === null) context.addIssue({ code: 'custom', message: 'a time is written in ISO 8601 with Z or an offset' });
  return at ?? 0;
});

const Workspace = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/).default('EUR'),
  timeZone: z.string().refine(isTimeZone, 'a time zone is named as in the IANA list').default('Europe/Paris'),
  country: CountryCode.default('FR'),
  language: LanguageTag.default('fr'),
  sender: Text.default('brand'),
  consentPolicy: ConsentPolicy.prefault({}),
});
const Store = z.strictObject({ externalId: Text, timeZone: z.string().refine(isTimeZone, 'a time zone is named as in the IANA list') });
const CustomerLine = z.strictObject({
  id: Text.optional(),
  identifiers: z.strictObject({ card: Text.optional(), externalId: Text.optional(), email: Text.optional(), phone: Text.optional() }).prefault({}),
  profile: CustomerProfile.strict().prefault({}),
  figures: CustomerFigures.strict().prefault({}),
  consents: z.array(Consent.omit({ at: true, proof: true }).extend({ source: Text.default('import'), at: IsoInstant.optional() })).default([]),
  balances: z.record(z.string(), z.number().int()).default({}),
  /** The browsers in which they take notifications, by what the push service of each does: «kept» takes what it is given. */
  browsers: z.array(z.enum(SIMULATED_BROWSERS)).max(MOST_SUBSCRIPTIONS).default([]),
  /** When they joined; without it, they join as the simulation begins. */
  createdAt: IsoInstant.optional(),
  relatives: z.array(Relative.partial({ id: true })).max(MOST_RELATIVES).default([]),
  contracts: z.array(Contract.partial({ id: true })).max(MOST_CONTRACTS).default([]),
});

type Problems = string[];

function sayProblems(error: z.ZodError, place: string, problems: Problems): void {
  for (const { path, message } of error.issues) problems.push(`${place}: ${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`);
}

function parseJson(text: string, place: string, problems: Problems): unknown {
  try {
    return JSON.parse(text);
  } catch {
    problems.push(`${place}: this is not JSON.`);
    return undefined;
  }
}

function readLines<T>(file: string, problems: Problems, read: (value: unknown, place: string, index: number) => T | null): T[] {
  if (!existsSync(file)) {
    problems.push(`${file}: there is no such file.`);
    return [];
  }
  return readFileSync(file, 'utf8').split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `${file}:${index + 1}`;
    const value = parseJson(line, place, problems);
    const item = value === undefined ? null : read(value, place, index);
    return item === null ? [] : [item];
  });
}

function readPart<S extends z.ZodType>(folder: string | null, name: string, schema: S, otherwise: z.output<S>, problems: Problems): z.output<S> {
  const file = folder === null ? null : join(folder, name);
  if (file === null || !existsSync(file)) return otherwise;
  const value = parseJson(readFileSync(file, 'utf8'), file, problems);
  if (value === undefined) return otherwise;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  sayProblems(parsed.error, file, problems);
  return otherwise;
}

function readJourneys(folder: string, references: { offers: Set<string>; programmes: Set<string>; categories: Set<string> }, problems: Problems): SimulationInput['journeys'] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')).sort() : [];
  if (names.length === 0) problems.push(`${folder}: there is no journey (*.json) here.`);
  return names.flatMap((name) => {
    const file = join(folder, name);
    const value = parseJson(readFileSync(file, 'utf8'), file, problems);
    const parsed = Journey.safeParse(value);
    if (value === undefined) return [];
    if (!parsed.success) {
      sayProblems(parsed.error, file, problems);
      return [];
    }
    const journey = parsed.data;
    for (const { message, path } of validateJourney(journey, references)) problems.push(`${file}: ${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`);
    return [{ journeyId: journey.key, versionId: journey.key, versionNumber: 1, journey }];
  });
}

function readCustomers(file: string, country: string, problems: Problems): SimulatedCustomer[] {
  const seen = new Map<string, string>();
  return readLines(file, problems, (value, place, index): SimulatedCustomer | null => {
    const parsed = CustomerLine.safeParse(value);
    if (!parsed.success) {
      sayProblems(parsed.error, place, problems);
      return null;
    }
    const { identifiers: named, consents, relatives, contracts, ...rest } = parsed.data;
    const identifiers = IDENTIFIER_KINDS.flatMap((kind): Identifier[] => {
      const text = named[kind];
      if (text === undefined) return [];
      const normal = normaliseIdentifier(kind, text, country);
      if (normal.ok) return [{ kind, value: normal.value }];
      problems.push(...normal.problems.map(({ message }) => `${place}: identifiers.${kind}: ${message}`));
      return [];
    });
    const id = rest.id ?? named.externalId ?? `customer-${index + 1}`;
    for (const name of [`id ${id}`, ...identifiers.map((identifier) => `${identifier.kind} ${identifier.value}`)]) {
      const other = seen.get(name);
      if (other !== undefined) problems.push(`${place}: «${name}» belongs to ${other} already.`);
      else seen.set(name, place);
    }
    return {
      ...rest, id, identifiers, relatives: relatives.map((each, place) => ({ ...each, id: each.id ?? String(place + 1) })), contracts: contracts.map((each, place) => ({ ...each, id: each.id ?? String(place + 1) })), consents: consents.map((consent) => ({ ...consent, at: consent.at ?? 0 })), vouchers: [], pressure: [], history: [], register: [], stopped: {},
    };
  });
}

const EventTime = z.object({ occurredAt: z.string({ error: 'an event of the past says when it occurred' }) });

function readEvents(file: string, problems: Problems): SimulatedEvent[] {
  return readLines(file, problems, (input, place): SimulatedEvent | null => {
    const parsed = EventTime.safeParse(input);
    const acceptedAt = parsed.success ? parseInstant(parsed.data.occurredAt) : null;
    if (!parsed.success) sayProblems(parsed.error, place, problems);
    else if (acceptedAt === null) problems.push(`${place}: occurredAt: a time is written in ISO 8601 with Z or an offset.`);
    return acceptedAt === null ? null : { acceptedAt, input };
  });
}

function readTime(text: string | null, option: string, otherwise: Instant, problems: Problems): Instant {
  if (text === null) return otherwise;
  const at = parseInstant(text);
  if (at === null) problems.push(`${option}: a time is written in ISO 8601 with Z or an offset, such as 2026-03-01T00:00:00Z.`);
  return at ?? otherwise;
}

/** An event is accepted when it occurred. Without `from` the run begins with the first event, without `to` it ends thirty days after the last. Throws `WrongFiles`. */
export function readSimulation(files: SimulationFiles): SimulationInput {
  const problems: Problems = [];
  const workspace = readPart(files.rules, 'workspace.json', Workspace, Workspace.parse({}), problems);
  const policy = readPart(files.rules, 'policy.json', PressurePolicy, DEFAULT_PRESSURE_POLICY, problems);
  const programmes = readPart(files.rules, 'programmes.json', z.array(LoyaltyProgramme), [], problems);
  const offers = readPart(files.rules, 'offers.json', z.array(Offer), [], problems);
  const stores = readPart(files.rules, 'stores.json', z.array(Store).nullable(), null, problems);
  if (files.rules !== null && !existsSync(files.rules)) problems.push(`${files.rules}: there is no such folder.`);
  const references = { offers: new Set(offers.map(({ key }) => key)), programmes: new Set(programmes.map(({ key }) => key)), categories: new Set(policy.categories.map(({ key }) => key)) };
  const journeys = readJourneys(files.journeys, references, problems);
  const customers = readCustomers(files.customers, workspace.country, problems);
  const events = readEvents(files.events, problems);
  const times = events.map(({ acceptedAt }) => acceptedAt);
  const from = readTime(files.from, '--from', times.reduce((a, b) => Math.min(a, b), Infinity), problems);
  const to = readTime(files.to, '--to', times.reduce((a, b) => Math.max(a, b), -Infinity) + 30 * DAY_MS, problems);
  if (problems.length === 0 && !(from <= to && Number.isFinite(to - from))) problems.push(`${files.events}: without events, say --from and --to, in this order.`);
  if (problems.length > 0) throw new WrongFiles(problems.join('\n'));
  return {
    journeys, customers, events, from, to, currency: workspace.currency, templates: null,
    rules: { workspaceId: 'simulation', ...workspace, policy, programmes, offers: Object.fromEntries(offers.map((offer) => [offer.key, offer])) },
    offerStock: Object.fromEntries(offers.flatMap(({ key, stockTotal }) => (stockTotal === undefined ? [] : [[key, stockTotal]]))),
    stores: stores === null ? null : new Map(stores.map(({ externalId, timeZone }) => [externalId, { id: externalId, zone: timeZone }])),
  };
}
