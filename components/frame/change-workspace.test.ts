import { expect, it } from 'vitest';
import { sameAddress } from './change-workspace.ts';

it.each([
  ['a list stays', '/customers', 'live', '/customers'],
  ['settings stay', '/settings/senders', 'live', '/settings/senders'],
  ['a thing of one workspace leads to its list', '/journeys/jrn_1', 'live', '/journeys'],
  ['a thing in a list of its own leads there', '/journeys/simulations/sim_1', 'sandbox', '/journeys/simulations'],
  ['that list stays', '/journeys/simulations', 'sandbox', '/journeys/simulations'],
  ['what is about to be made is made there', '/content/templates/new', 'live', '/content/templates/new'],
  ['the mailbox is a sandbox’s alone', '/mailbox', 'live', '/journeys'],
  ['and stays between sandboxes', '/mailbox', 'sandbox', '/mailbox'],
] as const)('%s', (_, from, kind, to) => {
  expect(sameAddress(from, kind)).toBe(to);
});
