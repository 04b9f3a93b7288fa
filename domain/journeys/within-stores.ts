/** What somebody who acts for some stores only may draw (§11.8): a journey that begins with an event in their stores, of steps whose harm ends with the customers it takes in. */
import type { Problem } from '#domain/shared/result.ts';
import type { Journey } from './definition.ts';
import type { NodeKind } from './node-kinds.ts';
import { storesOf } from './trigger.ts';

/**
 * `open` reaches only the customers of the journey, by what the brand has written, priced and capped. `brand` reaches further: points are money in every store and have no stock,
 * another journey is its author's to fill, and a request takes customers' data and the brand's secrets outside. A new kind has to be given its place here.
 */
const STEP_REACH: Readonly<Record<NodeKind, 'open' | 'brand'>> = {
  wait: 'open', waitForEvent: 'open', condition: 'open', randomSplit: 'open', pressureCheck: 'open',
  sendEmail: 'open', sendSms: 'open', sendWhatsapp: 'open', sendCall: 'open', sendLetter: 'open', sendPush: 'open',
  grantOffer: 'open', setAttribute: 'open', changeTag: 'open', emitEvent: 'open', createTask: 'open', goal: 'open', exit: 'open',
  givePoints: 'brand', joinJourney: 'brand', httpRequest: 'brand',
};

/** Whether somebody who acts for some stores may use steps of this kind. */
export const isForStores = (kind: NodeKind): boolean => STEP_REACH[kind] === 'open';

/** All that keeps such a person from saving, trying or publishing this drawing; `stores` are the keys of theirs. */
export function checkWithinStores(journey: Journey, stores: ReadonlySet<string>): Problem[] {
  const named = storesOf(journey.entry.trigger);
  return [
    ...(named === null ? [{ code: 'stores.none', message: 'Your journeys begin with an event in your stores: name at least one of them.', path: ['entry', 'trigger', 'stores'] }] : []),
    ...(named ?? []).flatMap((store, index) => (stores.has(store) ? [] : [{ code: 'stores.beyond', message: `«${store}» is none of your stores: take it out.`, path: ['entry', 'trigger', 'stores', index] }])),
    ...journey.nodes.flatMap(({ id, kind }, index) => (isForStores(kind) ? [] : [{ code: 'stores.step', message: `Only somebody of the brand may use a ${kind} («${id}»): take it out, or ask them to publish.`, path: ['nodes', index] }])),
  ];
}
