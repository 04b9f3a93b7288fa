/** Stage 4 of a simulation for HTTP requests: nothing leaves; the answer that the author gave the sandbox comes back at once, as the dispatcher records it. */
import { answeredEvent, answeredTrace, simulatedAnswer } from '#domain/requests/planned-request.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { Person } from './person.ts';
import { tellEvent, type World } from './world.ts';

/** Answers the first request that has not left; answers whether there was one. */
export function answerRequest(world: World, person: Person, now: Instant): boolean {
  const next = person.requests.shift();
  if (!next) return false;
  const { request, depth } = next;
  const { journeyId, versionId, enrollmentId, nodeId, visit } = request;
  const answer = simulatedAnswer(request);
  world.say({ kind: 'trace', at: now, customerId: person.id, step: 'request', journeyId, versionId, enrollmentId, nodeId, visit, data: answeredTrace(request, answer) });
  tellEvent(world, person, { ...answeredEvent(request, answer), occurredAt: now, depth }, now);
  return true;
}
