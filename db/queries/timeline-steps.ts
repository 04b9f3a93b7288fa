/** Which step of a journey a line of the timeline speaks of, as its author drew it in the version that the customer is on. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';

type Line = { data: Record<string, unknown> };
const StepNode = z.object({ id: z.string(), kind: z.string(), settings: z.record(z.string(), z.unknown()) });
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Points that a step gave keep the step in their rule, and the enrollment in the key of their transfer. */
function givenBy({ data }: Line): { enrollmentId: string; nodeId: string } | null {
  const [from, nodeId] = (text(data['rule']) ?? '').split(':');
  const enrollmentId = text(data['transferKey'])?.split(':')[0];
  return from === 'journey' && nodeId && enrollmentId ? { enrollmentId, nodeId } : null;
}

function withoutVersion<L extends Line>(line: L): L {
  const { versionId: _, ...data } = line.data;
  return { ...line, data };
}

/** Adds `drawn` (`{ kind, settings, names }`) to every line of a step, and `journeyName` and `nodeId` to points that a step gave. */
export async function attachSteps<L extends Line>(transaction: Transaction, lines: L[]): Promise<L[]> {
  const enrollmentIds = lines.flatMap((line) => givenBy(line)?.enrollmentId ?? []);
  const givers = enrollmentIds.length === 0 ? [] : await transaction<{ id: string; journeyId: string; versionId: string; journeyName: string }[]>`
    select e.id, e.journey_id as "journeyId", e.version_id as "versionId", j.name as "journeyName" from enrollments e join journeys j on j.id = e.journey_id where e.id = any(${enrollmentIds}::uuid[])`;
  const giverOf = new Map(givers.map(({ id, ...rest }) => [id, rest]));
  const known = lines.map((line) => {
    const given = givenBy(line);
    const giver = given && giverOf.get(given.enrollmentId);
    return giver ? { ...line, data: { ...line.data, ...giver, nodeId: given.nodeId } } : line;
  });
  const versionIds = [...new Set(known.flatMap(({ data }) => (data['nodeId'] != null ? (text(data['versionId']) ?? []) : [])))];
  if (versionIds.length === 0) return known.map(withoutVersion);
  const nodeIds = [...new Set(known.flatMap(({ data }) => text(data['nodeId']) ?? []))];
  const rows = await transaction<{ versionId: string; node: unknown; template: string | null; offer: unknown }[]>`
    select v.id as "versionId", n.node, (select name from templates t where t.workspace_id = v.workspace_id and t.key = n.node -> 'settings' ->> 'templateKey') as template,
           (select definition -> 'name' from offers o where o.workspace_id = v.workspace_id and o.key = n.node -> 'settings' ->> 'offerKey') as offer
      from journey_versions v cross join lateral jsonb_array_elements(v.definition -> 'nodes') n(node)
     where v.id = any(${versionIds}::uuid[]) and n.node ->> 'id' = any(${nodeIds}::text[])`;
  const drawn = new Map(rows.flatMap(({ versionId, node, template, offer }) => {
    const parsed = StepNode.safeParse(node);
    return parsed.success ? [[`${versionId} ${parsed.data.id}`, { kind: parsed.data.kind, settings: parsed.data.settings, names: { template, offer } }] as const] : [];
  }));
  return known.map((line) => {
    const step = drawn.get(`${text(line.data['versionId'])} ${text(line.data['nodeId'])}`);
    return withoutVersion(step ? { ...line, data: { ...line.data, drawn: step } } : line);
  });
}
