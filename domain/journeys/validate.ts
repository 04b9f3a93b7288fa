/** Says all that keeps a journey from being published, in the words of its author, with the path of each thing. */
import { NO_SOURCES, toldBy } from '#domain/audiences/standing.ts';
import { validateCondition } from '#domain/audiences/validate-condition.ts';
import { SYSTEM_EVENT_TYPES, type EventMatcher } from '#domain/events/customer-event.ts';
import type { Problem, Result } from '#domain/shared/result.ts';
import { Journey } from './definition.ts';
import type { References } from './node-kind.ts';
import { nodeKind } from './node-kinds.ts';
import { isOwnAct, storesOf, type Trigger } from './trigger.ts';

type Path = (string | number)[];

/** Reads a journey from JSON: its shape only, so that an unfinished draft can be kept. */
export function parseJourney(input: unknown): Result<Journey> {
  const parsed = Journey.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => ({ code: 'journey.shape', message: issue.message, path: issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part)) })),
  };
}

function validateTargets(journey: Journey): Problem[] {
  const problems: Problem[] = [];
  const ids = new Set<string>();
  journey.nodes.forEach((node, index) => {
    if (ids.has(node.id) || node.id === 'entry') problems.push({ code: 'node.doubleId', message: `Two nodes are called «${node.id}»: give each its own id.`, path: ['nodes', index, 'id'] });
    ids.add(node.id);
  });
  if (journey.entry.next === null) problems.push({ code: 'entry.noNext', message: 'Nothing follows the entry: connect it to the first step.', path: ['entry', 'next'] });
  else if (!ids.has(journey.entry.next)) problems.push({ code: 'node.unknownTarget', message: `The entry leads to «${journey.entry.next}», which is not there.`, path: ['entry', 'next'] });
  journey.nodes.forEach((node, index) => {
    const ports = new Set([...nodeKind(node.kind).ports(node.settings), 'error']);
    for (const [port, target] of Object.entries(node.next)) {
      const path = ['nodes', index, 'next', port];
      if (!ports.has(port)) problems.push({ code: 'node.unknownPort', message: `A ${node.kind} has no way out called «${port}»; it has ${[...ports].join(', ')}.`, path });
      if (target !== null && !ids.has(target)) problems.push({ code: 'node.unknownTarget', message: `«${node.id}» leads to «${target}», which is not there.`, path });
    }
  });
  return problems;
}

/** Nodes that nobody can reach, and cycles in which nobody ever waits (§4.4). */
function validateFlow(journey: Journey): Problem[] {
  const problems: Problem[] = [];
  const byId = new Map(journey.nodes.map((node) => [node.id, node]));
  const targets = (id: string): string[] => Object.values(byId.get(id)?.next ?? {}).filter((target): target is string => target !== null && byId.has(target));
  const reached = new Set<string>();
  const starts = [journey.entry.next, ...journey.nodes.filter((node) => nodeKind(node.kind).reachedBy?.(node.settings)).map((node) => node.id)];
  const queue = starts.filter((id): id is string => id !== null);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    queue.push(...targets(id));
  }
  journey.nodes.forEach((node, index) => {
    if (!reached.has(node.id)) problems.push({ code: 'node.unreachable', message: `Nobody can reach «${node.id}»: connect it or delete it.`, path: ['nodes', index] });
  });
  const waits = (id: string): boolean => nodeKind(byId.get(id)!.kind).waits;
  const state = new Map<string, 'open' | 'done'>();
  const inCycle = (id: string): boolean => {
    if (waits(id) || state.get(id) === 'done') return false;
    if (state.get(id) === 'open') return true;
    state.set(id, 'open');
    const found = targets(id).some(inCycle);
    state.set(id, 'done');
    return found;
  };
  journey.nodes.forEach((node, index) => {
    if (!state.has(node.id) && inCycle(node.id)) {
      problems.push({ code: 'journey.cycleWithoutWait', message: `People would circle through «${node.id}» without ever waiting: put a wait into the loop.`, path: ['nodes', index] });
    }
  });
  return problems;
}

/** Every event that the journey names, with the place of its matcher; of a step's only the step is told. */
const matchersOf = (journey: Journey): { matcher: EventMatcher; path: Path }[] => [
  ...('event' in journey.entry.trigger ? [{ matcher: journey.entry.trigger.event, path: ['entry', 'trigger', 'event'] }] : []),
  ...journey.exits.flatMap((exit, index) => (exit.on === 'event' ? [{ matcher: exit.event, path: ['exits', index, 'event'] }] : [])),
  ...journey.nodes.flatMap(({ kind: name, settings }, index) => {
    const kind = nodeKind(name);
    const reachedBy = kind.reachedBy?.(settings);
    return [...(kind.awaits?.(settings) ?? []), ...(reachedBy ? [reachedBy] : [])].map((matcher) => ({ matcher, path: ['nodes', index, 'settings'] }));
  }),
];

function validateMatchers(journey: Journey, { standing = NO_SOURCES }: References): Problem[] {
  const system: readonly string[] = SYSTEM_EVENT_TYPES;
  const ofType = (type: string, path: Path): Problem[] => {
    const told = toldBy(type);
    if (told !== null && standing[told].size === 0) return [{ code: 'event.noSource', message: `Nothing tells «${type}» in this workspace: it has no ${told}.`, path }];
    return /^(customer|relative|contract|consent|points|tier|segment|score|offer|message|pressure|journey)\./.test(type) && !system.includes(type)
      ? [{ code: 'event.unknownSystemType', message: `«${type}» is no event of ours; ours are ${system.join(', ')}.`, path }] : [];
  };
  return [
    ...matchersOf(journey).flatMap(({ matcher: { type, where }, path }) => [...ofType(type, [...path, 'type']), ...(where ? validateCondition(where, [...path, 'where'], standing) : [])]),
    ...(journey.entry.audience ? validateCondition(journey.entry.audience, ['entry', 'audience'], standing) : []),
    ...journey.exits.flatMap((exit, index) => (exit.on === 'condition' ? validateCondition(exit.condition, ['exits', index, 'condition'], standing) : [])),
  ];
}

/** Stores that are there, and events that happen in one: what we write ourselves happens in none (§11.8). */
function validateStores(trigger: Trigger, { stores: known }: References): Problem[] {
  const stores = storesOf(trigger);
  if (stores === null || !('event' in trigger)) return [];
  const { type } = trigger.event;
  const system: readonly string[] = SYSTEM_EVENT_TYPES;
  return [
    ...(system.includes(type) ? [{ code: 'trigger.noStore', message: `«${type}» happens in no store: choose an event of the till or of the shop, or take the stores out.`, path: ['entry', 'trigger', 'event', 'type'] }] : []),
    ...stores.flatMap((store, index) => (known && !known.has(store) ? [{ code: 'trigger.unknownStore', message: `There is no store «${store}».`, path: ['entry', 'trigger', 'stores', index] }] : [])),
  ];
}

/** Nothing comes before what the customer has not done yet, and nothing is counted twice within one moment. */
function validateTrigger(trigger: Trigger, references: References): Problem[] {
  const problems: Problem[] = validateStores(trigger, references);
  if (trigger.kind === 'date' && trigger.of.whose === 'customer' && isOwnAct(trigger.of.field) && trigger.repeats === 'once' && trigger.offset?.direction === 'before') {
    problems.push({ code: 'trigger.beforeAct', message: 'Nobody knows beforehand when a customer joins, agrees or buys: choose a moment on that day or after it.', path: ['entry', 'trigger', 'offset'] });
  }
  return problems;
}

/** Everything that must be right before people can enter. An empty list means: publish. */
export function validateJourney(journey: Journey, references: References = {}): Problem[] {
  const nodes = journey.nodes.flatMap((node, index) =>
    (nodeKind(node.kind).validate?.(node.settings, references) ?? []).map((problem) => ({ ...problem, path: ['nodes', index, 'settings', ...problem.path] })));
  const targets = validateTargets(journey);
  return [...validateTrigger(journey.entry.trigger, references), ...targets, ...(targets.length === 0 ? validateFlow(journey) : []), ...validateMatchers(journey, references), ...nodes];
}
