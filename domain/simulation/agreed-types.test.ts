import { expect, it } from 'vitest';
import { EventSchema } from '#domain/events/event-schema.ts';
import { takeInEvents, type TakeInInput } from './take-in-events.ts';

const at = Date.UTC(2026, 2, 1);
const input: TakeInInput = {
  customers: [], programmes: [], stores: null, currency: 'EUR', country: 'FR', timeZone: 'Europe/Paris', from: at, to: at + 86_400_000,
  schemas: new Map([['visit', EventSchema.parse({ properties: { minutes: { kind: 'number', required: true } } })]]),
  events: [{ acceptedAt: at, input: { id: 'right', type: 'visit', properties: { minutes: 3 } } }, { acceptedAt: at, input: { id: 'wrong', type: 'visit', properties: { minutes: '3' } } }],
};

it('§11.4 an event that does not hold to what is agreed is quarantined in a simulation as in production', () => {
  const heard: unknown[] = [];
  let made = 0;
  takeInEvents(input, (line) => void heard.push(line), () => `00000000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}`);
  expect(heard).toContainEqual(expect.objectContaining({ id: 'wrong', outcome: 'quarantined', problems: [expect.objectContaining({ code: 'event.propertyKind', path: ['properties', 'minutes'] })] }));
  expect(heard).not.toContainEqual(expect.objectContaining({ id: 'right', outcome: 'quarantined' }));
});
