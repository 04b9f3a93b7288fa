/** The order in which an event takes a customer into several journeys: by the journeys' ids, as enrollments of one happening are advanced (§5.7), whoever loaded the plans. */
import type { Plan } from './compile.ts';

const byJourney = (a: Plan, b: Plan): number => (a.journeyId < b.journeyId ? -1 : a.journeyId > b.journeyId ? 1 : 0);

/** By version. Of one that is named twice the last counts. */
export const plansInOrder = (plans: Iterable<Plan>): Map<string, Plan> => new Map([...plans].sort(byJourney).map((plan) => [plan.versionId, plan]));
