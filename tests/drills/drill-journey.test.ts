import { describe, expect, it } from 'vitest';
import { CHANNELS } from '#domain/customers/channels.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { NODE_KIND_NAMES } from '#domain/journeys/node-kinds.ts';
import { WaitSettings } from '#domain/journeys/nodes/wait.ts';
import { validateJourney } from '#domain/journeys/validate.ts';
import { DRILL_FOLLOWERS, DRILL_MESSAGES, drillJourney, drillTemplates } from '#tests/drills/drill-journey.ts';

const references = {
  templates: new Map(drillTemplates.map(({ key, content }) => [key, content.channel])), offers: new Set(['gift']), programmes: new Set(['points']), categories: new Set(['information']), secrets: new Set<string>(),
  journeys: new Set<string>(DRILL_FOLLOWERS.map(({ key }) => key)),
};
const journey = Journey.parse(drillJourney('15:01'));

describe('the journey of the kill drill', () => {
  it('takes a step of every kind that there is', () => {
    expect(NODE_KIND_NAMES.filter((kind) => !journey.nodes.some((node) => node.kind === kind))).toEqual([]);
  });

  it('waits in every way in which one can wait', () => {
    const modes = WaitSettings.options.map(({ shape }) => shape.mode.value);
    expect(modes.filter((mode) => !journey.nodes.some(({ kind, settings }) => kind === 'wait' && settings.mode === mode))).toEqual([]);
  });

  it('speaks on every channel', () => {
    expect(CHANNELS.filter((each) => !DRILL_MESSAGES.some(({ channel }) => channel === each))).toEqual([]);
  });

  it('can be published, as what follows it can', () => {
    for (const definition of [drillJourney('15:01'), drillJourney('15:02'), ...DRILL_FOLLOWERS]) expect(validateJourney(Journey.parse(definition), references)).toEqual([]);
  });

  it('leads everybody past every step but those for which it has two', () => {
    const targets = (id: string): string[] => Object.values(journey.nodes.find((node) => node.id === id)?.next ?? {}).filter((target) => target !== null);
    const ways = (id: string): string[][] => (targets(id).length === 0 ? [[id]] : targets(id).flatMap((next) => ways(next).map((way) => [id, ...way])));
    for (const way of ways('split')) expect(journey.nodes.map(({ id }) => id).filter((id) => !way.includes(id)).sort()).toEqual([way.includes('three') ? 'past' : 'three']);
  });
});
