/** What the author of a new version says about the people inside: who finishes on the old one, who moves, and where those go whose step is gone (§8.1, §8.2). */
import { z } from 'zod';

const MODES = ['finish', 'move'] as const;
const NodeId = z.string().min(1).max(40);

/** To a step of the new version, or out of the journey. */
export const GoneChoice = z.union([z.strictObject({ to: NodeId }), z.strictObject({ leave: z.literal(true) })]);
export type GoneChoice = z.infer<typeof GoneChoice>;

export const MovePolicy = z.strictObject({
  mode: z.enum(MODES).default('finish'),
  /** By the step that people stand at; the mode where it is silent. */
  perNode: z.record(NodeId, z.enum(MODES)).default({}),
  gone: z.record(NodeId, GoneChoice).default({}),
});
export type MovePolicy = z.infer<typeof MovePolicy>;

export const FINISH: MovePolicy = { mode: 'finish', perNode: {}, gone: {} };

/** Whether people who stand at this step move. */
export const moves = (policy: MovePolicy, nodeId: string): boolean => (policy.perNode[nodeId] ?? policy.mode) === 'move';

/** Whether anybody moves at all. */
export const movesSomebody = (policy: MovePolicy): boolean => policy.mode === 'move' || Object.values(policy.perNode).includes('move');
