/** What happened, in words that simulation and production share: ids that each makes for itself become names, and what has no order loses it. */

/** Lines by what they are, each as JSON, sorted. */
export type ToldHistory = Record<'traces' | 'messages' | 'postings' | 'vouchers' | 'tasks', string[]>;

export type TraceFact = { customerId: string; journeyId: string | null; enrollmentId: string | null; nodeId: string | null; visit: number | null; step: string; at: number; data: Record<string, unknown> };
export type RawHistory = {
  customers: string[];
  journeys: string[];
  /** The merchant's name of each event by the id under which it was taken. */
  eventNames: Map<string, string>;
  traces: TraceFact[];
  messages: Record<string, unknown>[];
  postings: Record<string, unknown>[];
  vouchers: Record<string, unknown>[];
  tasks: Record<string, unknown>[];
};

const OWN_ID = /sim-\d{12}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Enrollments are told apart by customer, journey and the order of their ids, which sort as they were made. */
function nameEnrollments(raw: RawHistory, names: Map<string, string>): void {
  const entered = raw.traces.filter(({ step }) => step === 'entered').sort((a, b) => (String(a.enrollmentId) < String(b.enrollmentId) ? -1 : 1));
  const counts = new Map<string, number>();
  for (const { customerId, journeyId, enrollmentId } of entered) {
    const place = `${names.get(customerId)}/${names.get(journeyId ?? '')}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
    names.set(enrollmentId ?? '', `${place}/${counts.get(place)}`);
  }
}

export function tellHistory(raw: RawHistory): ToldHistory {
  const names = new Map<string, string>();
  raw.customers.forEach((id, index) => names.set(id, `c${index}`));
  raw.journeys.forEach((id, index) => names.set(id, `j${index}`));
  for (const [id, name] of raw.eventNames) names.set(id, name);
  nameEnrollments(raw, names);
  const rename = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(OWN_ID, (id) => names.get(id) ?? 'own');
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([key, each]) => key !== 'messageId' && each !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, rename(each)]));
  };
  const told = (facts: readonly object[]): string[] => facts.map((fact) => JSON.stringify(rename(fact))).sort();
  return { traces: told(raw.traces), messages: told(raw.messages), postings: told(raw.postings), vouchers: told(raw.vouchers), tasks: told(raw.tasks) };
}

/** What only one side tells, null when both tell the same. */
export function differenceOf(simulated: ToldHistory, produced: ToldHistory): { onlySimulated: string[]; onlyProduced: string[] } | null {
  const flat = (history: ToldHistory): string[] => Object.entries(history).flatMap(([what, lines]) => lines.map((line) => `${what} ${line}`));
  const without = (lines: string[], others: string[]): string[] => {
    const left = new Map<string, number>();
    for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
    return lines.filter((line) => {
      const count = left.get(line) ?? 0;
      left.set(line, count - 1);
      return count <= 0;
    });
  };
  const onlySimulated = without(flat(simulated), flat(produced));
  const onlyProduced = without(flat(produced), flat(simulated));
  return onlySimulated.length + onlyProduced.length === 0 ? null : { onlySimulated, onlyProduced };
}
