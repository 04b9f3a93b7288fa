/** A drawn case in the simulator. */
import { CustomerFigures } from '#domain/customers/figures.ts';
import { normaliseIdentifier, type Identifier } from '#domain/customers/identifiers.ts';
import { compileJourney } from '#domain/journeys/compile.ts';
import { DAY_MS } from '#domain/shared/time.ts';
import type { SimulatedCustomer } from '#domain/simulation/person.ts';
import { simulateAll, type SimulationInput } from '#domain/simulation/simulate.ts';
import type { SimulatedLine, SimulatedMessageLine } from '#domain/simulation/simulated-line.ts';
import { giftOf, POINTS, STORES, TEMPLATES } from '#tests/differential/brand-rules.ts';
import type { DrawnCase, DrawnCustomer } from '#tests/differential/draw-case.ts';
import { tellHistory, type ToldHistory } from '#tests/differential/told-history.ts';

function customerOf(drawn: DrawnCustomer, index: number): SimulatedCustomer {
  const identifier = (kind: Identifier['kind'], text: string | null): Identifier[] => {
    const normal = text === null ? null : normaliseIdentifier(kind, text, 'FR');
    return normal?.ok ? [{ kind, value: normal.value }] : [];
  };
  return {
    id: drawn.id, identifiers: [...identifier('externalId', `c${index}`), ...identifier('email', drawn.email), ...identifier('phone', drawn.phone)], profile: drawn.profile, relatives: drawn.relatives, contracts: drawn.contracts,
    figures: CustomerFigures.parse({}), consents: drawn.consents.map(({ channel, state }) => ({ purpose: 'marketing', channel, state, source: 'till', at: 0 })),
    browsers: drawn.browsers, balances: {}, vouchers: [], pressure: [], history: [], register: [], stopped: {},
  };
}

export function simulationOf(drawn: DrawnCase): SimulationInput {
  const gift = giftOf(drawn.stock);
  return {
    journeys: drawn.journeys.map((each) => ({ ...each, versionNumber: 1 })), customers: drawn.customers.map(customerOf), events: drawn.events, stores: null, currency: 'EUR',
    rules: { workspaceId: 'w', timeZone: 'Europe/Paris', country: 'FR', language: 'fr', sender: 'Lutin', consentPolicy: { softOptIn: null }, policy: drawn.policy, programmes: [POINTS], offers: { gift }, storeKeys: Object.fromEntries(STORES.map((key) => [key, key])) },
    templates: new Map(TEMPLATES.map(({ key, content }) => [key, { channel: content.channel, languages: Object.keys(content.variants).sort(), number: 1 }])),
    offerStock: drawn.stock === null ? {} : { gift: drawn.stock }, from: drawn.startsAt, to: drawn.startsAt + drawn.days * DAY_MS,
  };
}

/** Customers who ask for the last of a stock in the same instant: production serves whoever's cohort wakes first, and no order is promised. */
function racesForStock(lines: readonly SimulatedLine[]): boolean {
  const asked = new Map<number, Set<string>>();
  const refused = new Set<number>();
  for (const line of lines) {
    if (line.kind !== 'trace' || line.step !== 'passed' || line.data['offerKey'] !== 'gift') continue;
    asked.set(line.at, (asked.get(line.at) ?? new Set()).add(line.customerId));
    if (line.data['port'] === 'refused') refused.add(line.at);
  }
  return [...refused].some((at) => (asked.get(at)?.size ?? 0) > 1);
}

/** Customers who ask for the last place of a journey in the same instant, as for the last of a stock. */
function racesForEntry(lines: readonly SimulatedLine[]): boolean {
  const asked = new Map<string, Set<string>>();
  const refused = new Set<string>();
  for (const line of lines) {
    if (line.kind !== 'trace' || (line.step !== 'entered' && line.step !== 'entryRefused')) continue;
    const isFull = JSON.stringify(line.data['reason'] ?? null).includes('entry.full.');
    const moment = `${String(line.journeyId)} ${line.at}`;
    if (line.step === 'entered' || isFull) asked.set(moment, (asked.get(moment) ?? new Set()).add(line.customerId));
    if (isFull) refused.add(moment);
  }
  return [...refused].some((moment) => (asked.get(moment)?.size ?? 0) > 1);
}

const REPORTS = ['message.delivered', 'message.bounced', 'message.failed'];

/** Several reports of one customer in one instant that a journey listens to: vendors call back in any order, and none is promised. */
function hearsReportsTogether(lines: readonly SimulatedLine[], listens: ReadonlySet<string>): boolean {
  const heard = new Map<string, number>();
  for (const line of lines) {
    if (line.kind !== 'trace' || line.step !== 'message' || !REPORTS.includes(String(line.data['code']))) continue;
    const moment = `${line.customerId} ${line.at}`;
    heard.set(moment, (heard.get(moment) ?? 0) + 1);
  }
  return REPORTS.some((type) => listens.has(type)) && [...heard.values()].some((count) => count > 1);
}

/** What it told, how many moments its customers had, and whether its outcome is promised. */
export function runSimulation(drawn: DrawnCase): { told: ToldHistory; moments: number; races: boolean } {
  const lines: SimulatedLine[] = [];
  const { moments } = simulateAll(simulationOf(drawn), (line) => lines.push(line));
  const last = new Map<string, { line: SimulatedMessageLine; statusAt: number }>();
  for (const line of lines) {
    if (line.kind !== 'message') continue;
    const before = last.get(line.key);
    last.set(line.key, { line, statusAt: before?.line.status === line.status ? before.statusAt : line.at });
  }
  const eventNames = new Map(lines.flatMap((line) => (line.kind === 'event' && line.eventId !== null ? [[line.eventId, line.id ?? ''] as const] : [])));
  const told = tellHistory({
    customers: drawn.customers.map(({ id }) => id), journeys: drawn.journeys.map(({ journeyId }) => journeyId), eventNames,
    traces: lines.flatMap((line) => (line.kind === 'trace' ? [{ customerId: line.customerId, journeyId: line.journeyId, enrollmentId: line.enrollmentId, nodeId: line.nodeId, visit: line.visit, step: line.step, at: line.at, data: line.data }] : [])),
    messages: [...last.values()].map(({ line, statusAt }) => ({
      key: line.key, customerId: line.customerId, channel: line.channel, category: line.category, nodeId: line.nodeId, visit: line.visit, status: line.status, statusAt, reason: line.reason,
      plannedAt: line.plannedAt, dueAt: line.dueAt, expiresAt: line.expiresAt, lawful: line.lawful, handedOverAt: line.handedOverAt, deliveredAt: line.deliveredAt,
    })),
    postings: lines.flatMap((line) => (line.kind === 'posting'
      ? [{ key: line.transferKey, customerId: line.customerId, account: line.account, amount: line.amount, kind: line.movement, rule: line.rule, at: line.at, eventId: line.eventId, orderId: line.orderId, lineId: line.lineId }] : [])),
    vouchers: lines.flatMap((line) => (line.kind === 'voucher' ? [{ customerId: line.customerId, grantKey: line.grantKey, at: line.at, validFrom: line.validFrom, validUntil: line.validUntil }] : [])),
    tasks: [...new Map(lines.flatMap((line) => (line.kind === 'task' ? [[line.key, { customerId: line.customerId, key: line.key, kind: line.taskKind, state: line.state, title: line.title, dueAt: line.dueAt, reason: line.reason, nodeId: line.nodeId }] as const] : []))).values()],
  });
  const listens = new Set(drawn.journeys.flatMap(({ journey, ...version }) => [...compileJourney(journey, { ...version, versionNumber: 1, status: 'live', takesEntries: true }).listens]));
  return { told, moments, races: racesForStock(lines) || racesForEntry(lines) || hearsReportsTogether(lines, listens) };
}
