/** One customer in memory for the kernel's tests: it keeps what a database would, and advances through the same function as production. */
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import { CustomerFigures } from '#domain/customers/figures.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import { compileJourney, type Plan } from '#domain/journeys/compile.ts';
import { Journey } from '#domain/journeys/definition.ts';
import type { Offer } from '#domain/offers/offer.ts';
import { DAY_MS, type Instant } from '#domain/shared/time.ts';
import { keepAlarms, type Alarm } from './alarm.ts';
import { advanceCustomer, type AdvanceResult } from './advance-customer.ts';
import type { Command } from './carry-out.ts';
import type { RegisterLine } from './decide-entry.ts';
import type { CustomerFacts, SharedFacts, WorkspaceRules } from './facts.ts';
import { EnrollmentState, type Enrollment } from './state.ts';

/** A journey with its obvious parts filled in: entered by a purchase, as often as one likes. */
export const journey = (definition: Record<string, unknown>): Journey =>
  Journey.parse({
    formatVersion: 1,
    key: 'test',
    name: 'Test',
    entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'perPeriod', maximumEntries: 1000, period: { amount: 1, unit: 'calendarYears' } }, next: 'a' },
    nodes: [],
    ...definition,
  });

export const NOON = Date.UTC(2026, 5, 15, 10);

export class Kernel {
  now: Instant = NOON;
  facts: CustomerFacts;
  shared: SharedFacts = { offerStock: {}, entryCounts: {} };
  rules: WorkspaceRules;
  plans = new Map<string, Plan>();
  enrollments: Enrollment[] = [];
  register: RegisterLine[] = [];
  alarms: Alarm[] = [];
  results: AdvanceResult[] = [];
  private ids = 0;
  private no = 0;

  constructor(options: { policy?: PressurePolicy; offers?: Record<string, Offer> } = {}) {
    this.facts = {
      customerId: 'customer', createdAt: NOON - 400 * DAY_MS, relatives: [], contracts: [], profile: CustomerProfile.parse({ country: 'FR' }), figures: CustomerFigures.parse({}), zone: 'Europe/Paris', zoneSource: 'workspace',
      reachable: { email: { ok: true }, sms: { ok: true } },
      consents: [
        { purpose: 'marketing', channel: 'email', state: 'granted', source: 'till', at: 0 },
        { purpose: 'marketing', channel: 'sms', state: 'granted', source: 'till', at: 0 },
      ],
      balances: {}, vouchers: [], pressure: [], history: [],
    };
    this.rules = {
      workspaceId: 'workspace', timeZone: 'Europe/Paris', country: 'FR', language: 'fr', sender: 'brand', consentPolicy: { softOptIn: null },
      policy: options.policy ?? DEFAULT_PRESSURE_POLICY, programmes: [], offers: options.offers ?? {},
    };
  }

  publish(definition: Journey, status: Plan['status'] = 'live', id = definition.key, number = 1): this {
    for (const plan of this.plans.values()) if (plan.journeyId === id) Object.assign(plan, { status, takesEntries: false });
    this.plans.set(`${id}-v${number}`, compileJourney(definition, { journeyId: id, versionId: `${id}-v${number}`, versionNumber: number, status, takesEntries: true }));
    return this;
  }

  event(type: string, properties: Record<string, unknown> = {}, overrides: Partial<CustomerEvent> = {}): CustomerEvent {
    this.no += 1;
    return {
      id: `event-${this.no}`, no: this.no, type, source: 'merchant', occurredAt: this.now, acceptedAt: this.now, storeId: null, historical: false, properties, depth: 0, ...overrides,
    };
  }

  /** Folds these events and whatever is due; states go through JSON as they would through a database. */
  advance(events: (CustomerEvent | { event: CustomerEvent; onlyJourneyId: string })[] = [], commands: Command[] = []): AdvanceResult {
    const active = this.enrollments.filter(({ state }) => state.ending === null).map((enrollment) => ({ ...enrollment, state: EnrollmentState.parse(JSON.parse(JSON.stringify(enrollment.state))) }));
    const result = advanceCustomer({
      plans: this.plans, listens: new Set([...this.plans.values()].flatMap((plan) => [...plan.listens])), facts: this.facts, shared: this.shared, rules: this.rules,
      enrollments: active, register: this.register, alarms: this.alarms, events: events.map((item) => ('event' in item ? item : { event: item })), commands, now: this.now,
      newId: () => `enrollment-${(this.ids += 1)}`,
    });
    this.alarms = keepAlarms(this.alarms, result.effects);
    for (const changed of result.enrollments) {
      this.enrollments = [...this.enrollments.filter(({ id }) => id !== changed.id), { ...changed, burst: changed.burst + 1 }];
      this.register = [
        ...this.register.filter((line) => line.journeyId !== changed.journeyId || line.entryKey !== changed.entryKey),
        { journeyId: changed.journeyId, entryKey: changed.entryKey, enteredAt: changed.enteredAt, endedAt: changed.state.ending?.at ?? null },
      ];
    }
    this.results.push(result);
    return result;
  }

  post(type: string, properties: Record<string, unknown> = {}, overrides: Partial<CustomerEvent> = {}): AdvanceResult {
    return this.advance([this.event(type, properties, overrides)]);
  }

  at(now: Instant): this {
    this.now = now;
    return this;
  }

  endings(): (string | null)[] {
    return this.enrollments.map(({ state }) => (state.ending ? [state.ending.kind, state.ending.detail, state.ending.nodeId && `at ${state.ending.nodeId}`].filter(Boolean).join(' ') : null));
  }

  sent(): string[] {
    return this.results.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === 'sendMessage' ? [effect.message.templateKey] : [])));
  }

  refused(): { template: string; code: string }[] {
    return this.results.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === 'refuseMessage' ? [{ template: effect.message.templateKey, code: effect.reason.code }] : [])));
  }
}
