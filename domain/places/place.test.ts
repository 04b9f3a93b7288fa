import fc from 'fast-check';
import { expect, it } from 'vitest';
import { metersBetween } from '#domain/places/distance.ts';
import { isSameVisit, PlaceInput, refusePosition, SAME_VISIT_MS } from '#domain/places/place.ts';

const position = fc.record({ latitude: fc.double({ min: -90, max: 90, noNaN: true }), longitude: fc.double({ min: -180, max: 180, noNaN: true }) });
const LYON = { latitude: 45.7578, longitude: 4.832 };

it('measures Paris to Lyon, and across the line where the day changes', () => {
  expect(metersBetween({ latitude: 48.8566, longitude: 2.3522 }, LYON)).toBeGreaterThan(390_000);
  expect(metersBetween({ latitude: 48.8566, longitude: 2.3522 }, LYON)).toBeLessThan(394_000);
  expect(metersBetween({ latitude: 0, longitude: 179.999 }, { latitude: 0, longitude: -179.999 })).toBeLessThan(223);
});

it('measures the same both ways, nothing to itself, and never more than half the way around', () => {
  fc.assert(fc.property(position, position, (one, other) => {
    expect(metersBetween(one, other)).toBeCloseTo(metersBetween(other, one), 2);
    expect(metersBetween(one, one)).toBe(0);
    expect(metersBetween(one, other)).toBeLessThan(20_016_000);
  }));
});

it('§1.10 takes no position without consent to it, wherever the customer is', () => {
  fc.assert(fc.property(position, fc.option(position.map((at) => ({ ...at, radiusMeters: 100 }))), (at, area) => {
    expect(refusePosition(at, false, area)).toEqual({ code: 'location.noConsent' });
    expect(refusePosition(null, false, area)).toBeNull();
  }));
});

it('§1.10 takes a position inside the area only, when the place has one', () => {
  const area = { ...LYON, radiusMeters: 100 };
  expect(refusePosition(LYON, true, area)).toBeNull();
  expect(refusePosition({ ...LYON, latitude: LYON.latitude + 0.0008 }, true, area)).toBeNull();
  expect(refusePosition({ ...LYON, latitude: LYON.latitude + 0.001 }, true, area)).toEqual({ code: 'location.outside' });
  expect(refusePosition({ latitude: 0, longitude: 0 }, true, null)).toBeNull();
});

it('§1.10 takes a second scan within ten minutes as the same visit', () => {
  expect([isSameVisit(null, 0), isSameVisit(0, SAME_VISIT_MS - 1), isSameVisit(SAME_VISIT_MS - 1, 0), isSameVisit(0, SAME_VISIT_MS)]).toEqual([false, true, true, false]);
});

it('knows an area by all of its three figures, or none', () => {
  expect(PlaceInput.safeParse({ name: 'Window', kind: 'place', area: { latitude: 1, longitude: 2 } }).success).toBe(false);
  expect(PlaceInput.safeParse({ name: 'Window', kind: 'place', area: { latitude: 1, longitude: 2, radiusMeters: 5 } }).success).toBe(false);
  expect(PlaceInput.parse({ name: ' Window ', kind: 'qr' })).toEqual({ name: 'Window', kind: 'qr', invitation: {}, asksFor: [] });
});
