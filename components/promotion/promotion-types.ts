/** What the routes of promotions answer. */
import type { Journey } from '#domain/journeys/definition.ts';
import type { PartKind, PartState, Side } from '#domain/promotion/part.ts';

export type ShownPart = { kind: PartKind; key: string; name: string; state: PartState; side: Side | null; mayTake: boolean; scope: string; before: string | null; after: string };
export type Missing = { code: string; figures: Record<string, string | number>; message: string; blocks: boolean };
export type PromotionPlan = {
  live: { id: string; name: string }; revision: number; parts: ShownPart[]; missing: Missing[]; last: { at: string; actor: string } | null;
  journey: { before: Journey | null; after: Journey; liveJourneyId: string | null; liveStatus: string | null };
};
export type Promoted = { liveWorkspaceId: string; liveJourneyId: string; key: string; draft: 'created' | 'changed' | 'unchanged' };
export type Choice = { kind: PartKind; key: string; side: Side };

export const partId = ({ kind, key }: { kind: PartKind; key: string }): string => `${kind} ${key}`;
