/**
 * The kernel's one entrance: everything pending for one customer, folded one happening after the other over all journeys.
 * Data in, effects out; production, simulator and tests call this and nothing else.
 */
import { MAKES_KNOWN, type CustomerEvent } from '#domain/events/customer-event.ts';
import { matchesCondition } from '#domain/audiences/matches.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import { matcherOf } from '#domain/journeys/trigger.ts';
import type { Instant } from '#domain/shared/time.ts';
import { requestedCall } from '#domain/tasks/callback-request.ts';
import { timedPlan, type Alarm } from './alarm.ts';
import { take, type Burst, type CausedEvent, type Moved } from './burst.ts';
import { carryOut, type Command, type ReckonCommand } from './carry-out.ts';
import { conditionSubject } from './condition-subject.ts';
import type { RegisterLine } from './decide-entry.ts';
import type { Effect, NodePass, TraceLine } from './effects.ts';
import { enterByEvent, enterByHand, enterByOccurrence, type EnterCommand } from './enter.ts';
import type { CustomerFacts, SharedFacts, WorkspaceRules } from './facts.ts';
import { movesAlarms, nextAlarm, reckonAlarms, ringAlarm, type EnterByOccurrence } from './fold-alarms.ts';
import { eventInHand, happenedIn, matchesEvent } from './match-event.ts';
import { addLine, noteEnds, type Register } from './register.ts';
import type { Enrollment, Waiting } from './state.ts';
import { endEnrollment, resume, walk } from './walk.ts';

export type AdvanceInput = {
  /** Every plan in play: the versions that take entries and those that hold this customer, in the order in which they take people in (`plansInOrder`). */
  plans: Map<string, Plan>;
  /** Event types that some live plan of the workspace listens to. */
  listens: Set<string>;
  facts: CustomerFacts;
  shared: SharedFacts;
  rules: WorkspaceRules;
  /** The customer's active enrollments. Their states are changed in place. */
  enrollments: Enrollment[];
  register: RegisterLine[];
  /** The customer's next moments in journeys that begin by the calendar. */
  alarms: Alarm[];
  /** In the order of their numbers. A deferred one concerns its journey alone. */
  events: { event: CustomerEvent; onlyJourneyId?: string }[];
  commands: Command[];
  now: Instant;
  newId: () => string;
};

export type AdvanceResult = {
  effects: Effect[];
  enrollments: Enrollment[];
  traces: TraceLine[];
  passes: NodePass[];
  caused: CausedEvent[];
  /** Whom a command brought to another version (§8.3). */
  moved: Moved[];
};

const byJourneyAndKey = (a: Enrollment, b: Enrollment): number =>
  a.journeyId < b.journeyId ? -1 : a.journeyId > b.journeyId ? 1 : a.entryKey < b.entryKey ? -1 : a.entryKey > b.entryKey ? 1 : 0;

const active = (burst: Burst): Enrollment[] => burst.enrollments.filter((enrollment) => enrollment.state.ending === null).sort(byJourneyAndKey);

/** Exit criteria that are conditions hold at every happening (§2.1). Answers whether the person left. */
function exitByCondition(burst: Burst, plan: Plan, enrollment: Enrollment, at: Instant): boolean {
  const index = plan.journey.exits.findIndex((exit) =>
    exit.on === 'condition' && matchesCondition(exit.condition, conditionSubject(burst.facts, enrollment.state.event, enrollment.state.variables), at));
  if (index < 0) return false;
  endEnrollment(burst, enrollment, { kind: 'exited', at, detail: plan.journey.exits[index]!.name ?? `criterion ${index + 1}` });
  return true;
}

/** One event for one enrollment: tried as exit, then goal, then the event that the node waits for (§2.2). */
function answerEvent(burst: Burst, plan: Plan, enrollment: Enrollment, event: CustomerEvent): void {
  const { state } = enrollment;
  const at = event.acceptedAt;
  const exit = plan.journey.exits.find((criterion) => criterion.on === 'event' && matchesEvent(criterion.event, event, burst.facts, state.variables));
  if (exit) {
    return endEnrollment(burst, enrollment, { kind: 'exited', at, detail: exit.name ?? `criterion ${plan.journey.exits.indexOf(exit) + 1}` });
  }
  if (exitByCondition(burst, plan, enrollment, at)) return;
  const goal = plan.goals.find(({ event: matcher }) => matchesEvent(matcher, event, burst.facts, state.variables));
  if (goal && !state.converted) {
    state.event = eventInHand(event);
    state.waiting = null;
    // A goal is reached from anywhere, so it leads off the branch for which a check had reserved.
    take(burst, state.checks.map(({ messageKey }) => ({ kind: 'release', messageKey })), at);
    state.checks = [];
    return walk(burst, plan, enrollment, goal.nodeId, at);
  }
  const { waiting } = state;
  if (!waiting || waiting.arrives) return;
  const node = plan.nodes.get(waiting.nodeId);
  const isOurs = node?.kind.isFor?.(event, `${enrollment.id}:${waiting.nodeId}:${waiting.visit}`) ?? true;
  const matcher = isOurs ? (node?.awaits.findIndex((awaited) => matchesEvent(awaited, event, burst.facts, state.variables)) ?? -1) : -1;
  if (matcher >= 0) {
    state.event = eventInHand(event);
    resume(burst, plan, enrollment, waiting, { kind: 'event', event, matcher }, at);
  } else if (event.type === 'customer.changed') {
    moveTimer(burst, plan, enrollment, waiting, event);
  } else if (waiting.heldMessageKey && (event.type.startsWith('message.') || event.type === 'pressure.policyChanged')) {
    resume(burst, plan, enrollment, waiting, { kind: 'lookAgain' }, at);
  }
}

/** A changed field that the moment of a wait depends on moves the timer while it sleeps (§3.7). */
function moveTimer(burst: Burst, plan: Plan, enrollment: Enrollment, waiting: Waiting, event: CustomerEvent): void {
  const { kind, settings } = plan.nodes.get(waiting.nodeId)!;
  const { fields } = event.properties;
  const changed = Array.isArray(fields) ? fields.map(String) : [];
  const depends = kind.dependsOn?.(settings).some((field) => changed.some((name) => name === field || (name === 'attributes' && field.startsWith('attributes.')))) ?? false;
  if (!depends) return;
  const { zone, profile, history } = burst.facts;
  const wakesAt = (again: boolean) => kind.wakesAt?.(settings, { since: waiting.since, again, zone, profile, history, event: enrollment.state.event });
  // A loop may have brought them back at the very time of day: a wait is never of no length.
  const first = wakesAt(false);
  const wakeAt = typeof first === 'number' && first <= waiting.since ? wakesAt(true) : first;
  if (wakeAt !== waiting.wakeAt) resume(burst, plan, enrollment, waiting, { kind: 'factsChanged', wakeAt }, event.acceptedAt);
}

function begin(burst: Burst, plan: Plan, enrollment: Enrollment, register: Register, startsAt = plan.journey.entry.next): void {
  const { journeyId, entryKey, enteredAt } = enrollment;
  addLine(register, { journeyId, entryKey, enteredAt, endedAt: null });
  if (!exitByCondition(burst, plan, enrollment, enteredAt)) walk(burst, plan, enrollment, startsAt, enteredAt);
}

function tryEntry(burst: Burst, plan: Plan, event: CustomerEvent, register: Register): void {
  const enrollment = enterByEvent(burst, plan, event, register.get(plan.journeyId)?.lines ?? []);
  if (enrollment) begin(burst, plan, enrollment, register);
}

/** How occurrences of the calendar take the customer in, after what ended in this burst. */
const byOccurrence = (burst: Burst, register: Register): EnterByOccurrence => (plan, event, entry) => {
  noteEnds(burst, register);
  const enrollment = enterByOccurrence(burst, plan, event, register.get(plan.journeyId)?.lines ?? [], entry);
  if (enrollment) begin(burst, plan, enrollment, register, entry.startsAt ?? plan.journey.entry.next);
};

/** A wish of a person or a key to take the customer in, after everything that ended in this burst is in the register. */
function tryByHand(burst: Burst, command: EnterCommand, register: Register): void {
  noteEnds(burst, register);
  burst.depth = 0;
  const plan = [...burst.plans.values()].find(({ journeyId, takesEntries }) => journeyId === command.journeyId && takesEntries);
  const enrollment = enterByHand(burst, plan, command, register.get(command.journeyId)?.lines ?? []);
  if (plan && enrollment) begin(burst, plan, enrollment, register);
}

/** A journey that has been published looks ahead from that instant. */
function reckonJourney(burst: Burst, { journeyId, since }: ReckonCommand): void {
  const plan = timedPlan(burst.plans, journeyId);
  if (plan) reckonAlarms(burst, plan, since, null);
}

/** Whether a step of another journey brings the customer into this one (§4.3). */
const isJoined = (plan: Plan, event: CustomerEvent): boolean =>
  event.type === 'journey.joined' && event.source === 'system' && plan.takesEntries && event.properties['journey'] === plan.journey.key;

function wouldAnswer(plan: Plan, event: CustomerEvent): boolean {
  return plan.listens.has(event.type) || isJoined(plan, event);
}

/** Nobody joins a journey that does not run: the trace says so, at the step that asked (§1.6). */
function refuseJoining(burst: Burst, { type, source, properties, id, acceptedAt }: CustomerEvent): void {
  if (type !== 'journey.joined' || source !== 'system') return;
  if ([...burst.plans.values()].some((plan) => plan.takesEntries && plan.status !== 'stopped' && plan.journey.key === properties['journey'])) return;
  const { fromJourneyId, fromNodeId } = properties;
  burst.traces.push({
    journeyId: typeof fromJourneyId === 'string' ? fromJourneyId : null, versionId: null, enrollmentId: null, nodeId: typeof fromNodeId === 'string' ? fromNodeId : null, visit: null, at: acceptedAt,
    kind: 'entryRefused', data: { reason: { code: 'join.notLive', figures: { journey: String(properties['journey']) } }, eventId: id },
  });
}

function foldEvent(burst: Burst, event: CustomerEvent, onlyJourneyId: string | undefined, register: Register): void {
  const { facts } = burst;
  if (!onlyJourneyId) facts.history.push({ type: event.type, occurredAt: event.occurredAt, properties: event.properties });
  if (event.historical && !MAKES_KNOWN.has(event.type)) return;
  burst.depth = event.depth;
  const deferred = new Set<string>();
  const concerned = (plan: Plan): boolean => {
    if (onlyJourneyId && plan.journeyId !== onlyJourneyId) return false;
    // Whoever has not left a stopped journey yet leaves it in this burst, from where they stand.
    if (plan.status === 'stopped') return false;
    if (plan.status !== 'paused') return true;
    if (wouldAnswer(plan, event)) deferred.add(plan.journeyId);
    return false;
  };
  for (const enrollment of event.historical ? [] : active(burst)) {
    const plan = burst.plans.get(enrollment.versionId)!;
    if (concerned(plan) && enrollment.state.ending === null) answerEvent(burst, plan, enrollment, event);
  }
  noteEnds(burst, register);
  for (const plan of burst.plans.values()) {
    if (!plan.takesEntries) continue;
    if (movesAlarms(plan, event) && concerned(plan)) reckonAlarms(burst, plan, event.acceptedAt, event.historical ? null : byOccurrence(burst, register), { isHistory: event.historical });
    if (event.historical) continue;
    const matcher = matcherOf(plan.journey.entry.trigger);
    const joined = isJoined(plan, event);
    const named = matcher?.type === event.type ? matcher : null;
    if ((!joined && !named) || !concerned(plan)) continue;
    if (joined || (named && happenedIn(plan.journey.entry.trigger, event, burst.rules) && matchesEvent(named, event, facts, {}))) tryEntry(burst, plan, event, register);
  }
  if (!onlyJourneyId && !event.historical) {
    refuseJoining(burst, event);
    const call = requestedCall(event, facts);
    take(burst, call ? [{ kind: 'createTask', task: call }] : [], event.acceptedAt);
  }
  take(burst, [...deferred].map((journeyId) => ({ kind: 'deferEvent', journeyId, eventId: event.id, no: event.no })), event.acceptedAt);
}

/** The due enrollment that comes first: by moment, then journey and entry key. */
function nextDue(burst: Burst): Enrollment | undefined {
  const due = active(burst).filter(({ versionId, state }) =>
    state.waiting?.wakeAt != null && state.waiting.wakeAt <= burst.now && burst.plans.get(versionId)!.status === 'live');
  return due.reduce<Enrollment | undefined>((first, candidate) => (first && first.state.waiting!.wakeAt! <= candidate.state.waiting!.wakeAt! ? first : candidate), undefined);
}

function wake(burst: Burst, enrollment: Enrollment): void {
  const plan = burst.plans.get(enrollment.versionId)!;
  const waiting = enrollment.state.waiting!;
  const at = waiting.wakeAt!;
  burst.depth = 0;
  if (exitByCondition(burst, plan, enrollment, at)) return;
  if (!waiting.arrives) return resume(burst, plan, enrollment, waiting, { kind: 'timer' }, at);
  enrollment.state.waiting = null;
  walk(burst, plan, enrollment, waiting.nodeId, at);
}

/** Whatever is due before `until`, in order: of one instant, who waits goes on before the calendar takes anybody in. */
function wakeBefore(burst: Burst, until: Instant, register: Register): void {
  for (;;) {
    const due = nextDue(burst);
    const alarm = nextAlarm(burst);
    const at = Math.min(due?.state.waiting?.wakeAt ?? Infinity, alarm?.dueAt ?? Infinity);
    if (at === Infinity || at >= until) return;
    if (due?.state.waiting?.wakeAt === at) wake(burst, due);
    else if (alarm) ringAlarm(burst, timedPlan(burst.plans, alarm.journeyId)!, alarm, byOccurrence(burst, register));
    lookAgain(burst, at);
  }
}

/** A reservation fell in this burst: whoever is held by pressure looks again, in order (§5.18). */
function lookAgain(burst: Burst, at: Instant): void {
  if (!burst.pressureFell) return;
  burst.pressureFell = false;
  for (const enrollment of active(burst)) {
    const { waiting } = enrollment.state;
    const plan = burst.plans.get(enrollment.versionId)!;
    if (waiting?.heldMessageKey && plan.status === 'live') resume(burst, plan, enrollment, waiting, { kind: 'lookAgain' }, at);
  }
}

/** Who was moved and has passed a step or left since, in this burst. To have come to wait elsewhere can be undone. */
const noteProgress = ({ moved, enrollments, traces }: Burst): Moved[] => moved.map((line) => {
  const { state } = enrollments.find(({ id }) => id === line.enrollmentId)!;
  const mine = traces.filter(({ enrollmentId }) => enrollmentId === line.enrollmentId);
  const since = mine.slice(mine.findIndex(({ kind }) => kind === 'moved') + 1);
  return { ...line, wentOn: line.class !== 'finishes' && (state.ending !== null || since.some(({ kind }) => kind === 'passed' || kind === 'failed')) };
});

/**
 * Advances one customer. Events go strictly by number; a due wait goes before the first event accepted after its moment, and after
 * an event of the same instant (§1.8, §2.2). The same input gives the same output, whoever calls.
 */
export function advanceCustomer(input: AdvanceInput): AdvanceResult {
  const burst: Burst = {
    now: input.now, newId: input.newId, plans: input.plans, listens: input.listens, facts: input.facts, shared: input.shared, rules: input.rules,
    enrollments: [...input.enrollments], changed: new Set(), alarms: new Map(input.alarms.map((alarm) => [`${alarm.journeyId} ${alarm.subject}`, alarm])), effects: [], traces: [], passes: [], caused: [], moved: [], depth: 0, pressureFell: false,
  };
  const register: Register = new Map();
  for (const line of input.register) addLine(register, { ...line });
  for (const next of input.events) {
    wakeBefore(burst, next.event.acceptedAt, register);
    foldEvent(burst, next.event, next.onlyJourneyId, register);
    lookAgain(burst, next.event.acceptedAt);
  }
  wakeBefore(burst, Infinity, register);
  for (const command of input.commands) {
    if (command.kind === 'enter') tryByHand(burst, command, register);
    else if (command.kind === 'reckon') reckonJourney(burst, command);
    else carryOut(burst, command);
  }
  wakeBefore(burst, Infinity, register);
  for (const enrollment of active(burst)) {
    if (burst.plans.get(enrollment.versionId)!.status === 'stopped') endEnrollment(burst, enrollment, { kind: 'stopped', at: input.now });
  }
  lookAgain(burst, input.now);
  return { effects: burst.effects, enrollments: [...burst.changed], traces: burst.traces, passes: burst.passes, caused: burst.caused, moved: noteProgress(burst) };
}
