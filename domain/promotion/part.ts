/** The parts that go live with a journey, and what becomes of each: pure, over hashes of what stands in the sandbox, in live, and what stood in both when they were last promoted. */
export const PART_KINDS = ['journey', 'template', 'offer', 'policy', 'eventType'] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** `liveChanged`: only live's was edited since the last promotion. `conflict`: both were, or live's never came from here. */
export const PART_STATES = ['new', 'same', 'changed', 'liveChanged', 'conflict'] as const;
export type PartState = (typeof PART_STATES)[number];

export const SIDES = ['sandbox', 'live'] as const;
export type Side = (typeof SIDES)[number];

/** What stood on both sides right after a promotion. */
export type PromotedPart = { kind: PartKind; key: string; sandbox: string; live: string };

/** `live` is null where live has no such part, `promoted` where it never went live from here. */
export function judgePart({ sandbox, live, promoted }: { sandbox: string; live: string | null; promoted: Pick<PromotedPart, 'sandbox' | 'live'> | null }): PartState {
  if (live === null) return 'new';
  if (live === sandbox) return 'same';
  if (promoted === null) return 'conflict';
  if (promoted.live === live) return promoted.sandbox === sandbox ? 'same' : 'changed';
  return promoted.sandbox === sandbox ? 'liveChanged' : 'conflict';
}

/** Whose stands afterwards when nobody chooses; null where somebody has to. */
export function usualSide(state: PartState): Side | null {
  switch (state) {
    case 'new':
    case 'changed': return 'sandbox';
    case 'same':
    case 'liveChanged': return 'live';
    case 'conflict': return null;
  }
}
