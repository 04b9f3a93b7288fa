import { describe, expect, it } from 'vitest';
import { conditionNeeds } from '#domain/audiences/condition-needs.ts';
import { STANDING_EVENTS, type StandingSources } from '#domain/audiences/standing.ts';
import { validateCondition } from '#domain/audiences/validate-condition.ts';
import { journey, Kernel } from '#domain/enrollments/kernel-for-test.ts';
import { conditionSubject } from '#domain/enrollments/condition-subject.ts';
import { compileJourney } from '#domain/journeys/compile.ts';
import { validateJourney } from '#domain/journeys/validate.ts';
import type { Condition } from '#domain/audiences/condition.ts';
import { matchesCondition } from '#domain/audiences/matches.ts';

const VIP: Condition = { field: 'segment.vip', is: 'equals', value: true };
const ENGAGED: Condition = { field: 'score.engagement', is: 'atLeast', value: 60 };
const GOLD: Condition = { field: 'tier.club', is: 'equals', value: 'gold' };
const SOURCES: StandingSources = { segments: new Set(['vip']), scores: new Set(['engagement']), tiers: new Set(['club']) };
const end = { id: 'end', kind: 'exit', settings: {}, next: {} };
const startsBy = (event: unknown, more: Record<string, unknown> = {}) => journey({ entry: { trigger: { kind: 'event', event }, reentry: { mode: 'onceEver' }, next: 'end', ...more }, nodes: [end] });

describe('where a customer stands (§4.1)', () => {
  it('§4.1 is read by conditions, and fails every comparison where nobody reckons it', () => {
    const holds = (condition: Condition, standing?: { segments: string[]; scores: Record<string, number>; tiers: Record<string, string> }): boolean =>
      matchesCondition(condition, conditionSubject({ ...new Kernel().facts, ...(standing && { standing }) }, null, {}), 0);
    const known = { segments: ['vip'], scores: { engagement: 60 }, tiers: { club: 'gold' } };
    const other = { segments: [], scores: { engagement: 59 }, tiers: {} };
    for (const condition of [VIP, ENGAGED, GOLD]) expect([holds(condition, known), holds(condition, other), holds(condition)]).toEqual([true, false, false]);
    expect(holds({ field: 'segment.vip', is: 'equals', value: false }, other)).toBe(true);
    expect(holds({ field: 'segment.vip', is: 'equals', value: false })).toBe(false);
    expect(conditionNeeds({ all: [VIP, { any: [ENGAGED, GOLD] }] })).toMatchObject({ segments: ['vip'], scores: ['engagement'], tiers: ['club'] });
  });

  it('§4.1 is refused, with its name, where the workspace has no such segment, score or tiers', () => {
    expect(validateCondition({ all: [VIP, { not: ENGAGED }, GOLD] }).map(({ code, path }) => [code, path.join('.')])).toEqual([['condition.noSegment', 'all.0.field'], ['condition.noScore', 'all.1.not.field'], ['condition.noTier', 'all.2.field']]);
    expect(validateCondition({ all: [VIP, ENGAGED, GOLD] }, [], SOURCES)).toEqual([]);
    expect(validateCondition({ field: 'segment.vips', is: 'equals', value: true }, [], SOURCES)[0]?.message).toContain('«vips»');
    expect(validateCondition({ field: 'score.engagement', is: 'contains', value: 'x' }, [], SOURCES).map(({ code }) => code)).toEqual(['condition.operator']);
    expect(validateCondition({ field: 'segment.vip.since', is: 'exists' }, [], SOURCES).map(({ code }) => code)).toEqual(['condition.field']);
  });
});

describe('a journey that begins, waits or ends by it (§1.1, §2.1, §3.6)', () => {
  it('§1.1 §2.1 is not published where nothing tells of it, wherever it stands, so that nobody waits for ever', () => {
    for (const type of Object.keys(STANDING_EVENTS)) {
      expect(validateJourney(startsBy({ type })).map(({ code, path }) => [code, path.join('.')])).toEqual([['event.noSource', 'entry.trigger.event.type']]);
      expect(validateJourney(startsBy({ type }), { standing: SOURCES })).toEqual([]);
      const waits = journey({ entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'w' }, nodes: [{ id: 'w', kind: 'waitForEvent', settings: { event: { type: 'visit' }, others: [{ key: 'other', event: { type } }], timeout: null }, next: {} }] });
      expect(validateJourney(waits).map(({ code, path }) => [code, path.slice(0, 2).join('.')])).toEqual([['event.noSource', 'nodes.0']]);
    }
    expect(validateJourney(journey({ entry: startsBy({ type: 'purchase' }, { audience: VIP }).entry, exits: [{ on: 'condition', condition: ENGAGED }, { on: 'event', event: { type: 'purchase', where: GOLD } }], nodes: [end] })).map(({ code }) => code).sort()).toEqual(['condition.noScore', 'condition.noSegment', 'condition.noTier']);
  });

  it('§2.1 listens to what changes the condition of an exit', () => {
    const { listens } = compileJourney(journey({ exits: [{ on: 'condition', condition: { any: [VIP, ENGAGED, GOLD] } }], nodes: [end] }), { journeyId: 'j', versionId: 'v', versionNumber: 1, status: 'live', takesEntries: true });
    for (const type of Object.keys(STANDING_EVENTS)) expect(listens.has(type)).toBe(true);
  });

  it('§1.1 §2.1 begins and ends as soon as a source tells: the kernel has nothing to learn', () => {
    const waits = { id: 'end', kind: 'wait', settings: { mode: 'duration', duration: { amount: 30, unit: 'calendarDays' } }, next: {} };
    const definition = journey({ entry: startsBy({ type: 'segment.entered', where: { field: 'event.properties.segment', is: 'equals', value: 'vip' } }).entry, exits: [{ on: 'condition', condition: { field: 'segment.vip', is: 'equals', value: false } }], nodes: [waits] });
    const kernel = new Kernel().publish(definition);
    kernel.facts.standing = { segments: ['vip'], scores: {}, tiers: {} };
    kernel.advance([kernel.event('segment.entered', { segment: 'other' }, { source: 'system' })]);
    expect(kernel.enrollments).toHaveLength(0);
    kernel.advance([kernel.event('segment.entered', { segment: 'vip' }, { source: 'system' })]);
    expect(kernel.enrollments.map(({ state }) => state.ending)).toEqual([null]);
    kernel.facts.standing = { segments: [], scores: {}, tiers: {} };
    kernel.advance([kernel.event('segment.left', { segment: 'vip' }, { source: 'system' })]);
    expect(kernel.enrollments.map(({ state }) => state.ending?.kind)).toEqual(['exited']);
  });

  it('§4.1 tells of a field that is not there in the event of a wait or goal too', () => {
    const waits = journey({ nodes: [{ id: 'w', kind: 'waitForEvent', settings: { event: { type: 'visit', where: { field: 'event.propertys.page', is: 'exists' } }, timeout: null }, next: {} }], entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'w' } });
    expect(validateJourney(waits).map(({ code }) => code)).toEqual(['condition.field']);
  });
});
