/** The tests of splits in a simulation: who passed, who reached the goal, and the winner once the moment has come, by the functions of production (§4.2). */
import type { CustomerFacts, WorkspaceRules } from '#domain/enrollments/facts.ts';
import { matchesEvent } from '#domain/enrollments/match-event.ts';
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import { chooseWinner, countBranches, decidesAt, winnerKey, type SplitPass, type SplitTest } from '#domain/journeys/split-test.ts';
import type { Instant } from '#domain/shared/time.ts';

type Running = { journeyId: string; nodeId: string; test: SplitTest; branches: string[]; passes: SplitPass[]; known: Set<string>; goals: { customerId: string; at: Instant }[]; decidesAt: Instant | null; decided: boolean };
type Passed = { kind: string; journeyId: string | null; nodeId: string | null; at: Instant; data: Record<string, unknown> };

export class SplitLedger {
  private readonly tests: Running[];

  /** Of the journeys that take people in. One that is decided already is not decided again. */
  constructor(plans: Iterable<Plan>, private readonly rules: WorkspaceRules & { winners: NonNullable<WorkspaceRules['winners']> }) {
    this.tests = [...plans].flatMap(({ takesEntries, journeyId, journey }) => (!takesEntries ? [] : journey.nodes.flatMap((node): Running[] => (
      node.kind === 'randomSplit' && node.settings.test && !rules.winners[winnerKey(journeyId, node.id)]
        ? [{ journeyId, nodeId: node.id, test: node.settings.test, branches: node.settings.branches.map(({ key }) => key), passes: [], known: new Set(), goals: [], decidesAt: null, decided: false }] : []))));
  }

  get isEmpty(): boolean {
    return this.tests.length === 0;
  }

  /** `facts` is asked for only where a goal has a condition. */
  hearEvents(customerId: string, events: readonly CustomerEvent[], facts: () => CustomerFacts): void {
    for (const { test, goals, decided } of this.tests) {
      for (const event of events) if (!decided && event.type === test.goal.type && (!test.goal.where || matchesEvent(test.goal, event, facts(), {}))) goals.push({ customerId, at: event.acceptedAt });
    }
  }

  hearTraces(customerId: string, traces: readonly Passed[]): void {
    for (const { kind, journeyId, nodeId, at, data } of traces) {
      if (kind !== 'passed') continue;
      const running = this.tests.find((each) => each.journeyId === journeyId && each.nodeId === nodeId && !each.decided);
      if (!running || running.known.has(customerId)) continue;
      running.known.add(customerId);
      running.passes.push({ customerId, branch: String(data['port']), at });
      running.decidesAt = decidesAt(running.test, running.passes);
    }
  }

  /** Decides what is due at `now` or before; those who pass later go to the winner. */
  decide(now: Instant): void {
    for (const running of this.tests) {
      if (running.decided || running.decidesAt === null || running.decidesAt > now) continue;
      running.decided = true;
      const winner = chooseWinner(countBranches(running.test, running.branches, running.passes, running.goals, running.decidesAt));
      if (winner !== null) this.rules.winners[winnerKey(running.journeyId, running.nodeId)] = { branch: winner, since: running.decidesAt };
    }
  }
}
