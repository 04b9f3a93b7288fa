/**
 * Where a customer stands by reckonings over everybody: segments, scores, tiers (§1.1, §4.1). This is a port. Conditions, triggers, exits and waits can ask through
 * it already; what is asked of a workspace that has no such segment, score or tier is refused at publish, so nothing waits for what nobody tells.
 *
 * What a source owes (docs/decisions/0015-standing-is-a-port.md): its keys among the `References` of a publish; a `Standing` in the facts of each burst whose plan's
 * needs name it, in the simulator and, as it was at each instant, in the replay; and, in the transaction that changes it, one event of `STANDING_EVENTS` with these
 * properties, when a live plan listens.
 */
import { z } from 'zod';
import type { SystemEventType } from '#domain/events/customer-event.ts';

/** Read by `segment.<key>` (true or false), `score.<key>` (a number) and `tier.<programme>` (its key). A score or tier that is absent fails every comparison. */
export type Standing = { segments: readonly string[]; scores: Readonly<Record<string, number>>; tiers: Readonly<Record<string, string>> };

/** The keys that a workspace has: of its segments, its scores, and the loyalty programmes that have tiers. */
export type StandingSources = { segments: ReadonlySet<string>; scores: ReadonlySet<string>; tiers: ReadonlySet<string> };
export const NO_SOURCES: StandingSources = { segments: new Set(), scores: new Set(), tiers: new Set() };

const Key = z.string().min(1).max(100);
/** `from` and `to` are null where there was, or is, none. A tier reached is a `tier.changed` whose `to` is asked for. */
export const STANDING_EVENTS = {
  'segment.entered': { of: 'segments', properties: z.strictObject({ segment: Key }) },
  'segment.left': { of: 'segments', properties: z.strictObject({ segment: Key }) },
  'score.changed': { of: 'scores', properties: z.strictObject({ score: Key, from: z.number().nullable(), to: z.number().nullable() }) },
  'tier.changed': { of: 'tiers', properties: z.strictObject({ programme: Key, from: Key.nullable(), to: Key.nullable() }) },
} as const satisfies Partial<Record<SystemEventType, { of: keyof StandingSources; properties: z.ZodType }>>;

/** Which of the three a field reads, and of which key; null for any other field. */
export function standingOf(field: string): { of: keyof StandingSources; key: string } | null {
  const [root = '', key = '', deeper] = field.split('.');
  const of = { segment: 'segments', score: 'scores', tier: 'tiers' } as const;
  return deeper === undefined && (root === 'segment' || root === 'score' || root === 'tier') ? { of: of[root], key } : null;
}

/** What tells of a standing, or null for an event of another kind. */
export const toldBy = (type: string): keyof StandingSources | null => Object.entries(STANDING_EVENTS).find(([name]) => name === type)?.[1].of ?? null;
