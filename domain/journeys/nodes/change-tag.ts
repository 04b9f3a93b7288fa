/** Puts a tag on the customer or takes it off (§4.3); what changed is an event when a live journey listens. */
import { z } from 'zod';
import { defineNodeKind, NO_COST } from '#domain/journeys/node-kind.ts';

export const ChangeTagSettings = z.strictObject({ tag: z.string().trim().min(1).max(200), does: z.enum(['add', 'remove']) });
export type ChangeTagSettings = z.infer<typeof ChangeTagSettings>;

/** A profile holds so many tags. */
const MOST_TAGS = 200;

export const changeTagNode = defineNodeKind({
  kind: 'changeTag',
  family: 'change',
  settings: ChangeTagSettings,
  defaults: (): ChangeTagSettings => ({ tag: 'vip', does: 'add' }),
  ports: () => ['next'],
  canFail: true,
  waits: false,
  cost: NO_COST,
  step: ({ settings: { tag, does }, facts }) => {
    const has = facts.profile.tags.includes(tag);
    if (has === (does === 'add')) return { kind: 'go', port: 'next', detail: { unchanged: true } };
    if (does === 'add' && facts.profile.tags.length >= MOST_TAGS) return { kind: 'fail', reason: { code: 'tag.tooMany', figures: { maximum: MOST_TAGS } } };
    return { kind: 'go', port: 'next', effects: [{ kind: 'changeTag', tag, does }] };
  },
});
