import { expect, it } from 'vitest';
import { customerZone, type ZoneFacts } from '#domain/customers/customer-zone.ts';

const nothing: ZoneFacts = { profile: {}, phone: null, storeZone: null, workspaceZone: 'Europe/Paris' };

it.each<[string, Partial<ZoneFacts>, string, string]>([
  ['declared', { profile: { timeZone: 'Asia/Tokyo', country: 'FR' } }, 'Asia/Tokyo', 'declared'],
  ['a country of one zone', { profile: { country: 'GB' }, phone: '+33612345678' }, 'Europe/London', 'address'],
  ['an overseas postal code', { profile: { country: 'FR', postalCode: '97 400' } }, 'Indian/Reunion', 'address'],
  ['the Canaries', { profile: { country: 'ES', postalCode: '35001' } }, 'Atlantic/Canary', 'address'],
  ['mainland Spain', { profile: { country: 'ES', postalCode: '28001' } }, 'Europe/Madrid', 'address'],
  ['Spain without a postal code, by phone', { profile: { country: 'ES' }, phone: '+33612345678' }, 'Europe/Paris', 'phone'],
  ['a phone of La Réunion', { phone: '+262692123456' }, 'Indian/Reunion', 'phone'],
  ['a phone of a country with several zones', { phone: '+12025550123', storeZone: 'Europe/Brussels' }, 'Europe/Brussels', 'store'],
  ['nothing', {}, 'Europe/Paris', 'workspace'],
])('finds the zone by %s and says which link gave it (§3.3)', (_, facts, zone, source) => {
  expect(customerZone({ ...nothing, ...facts })).toEqual({ zone, source });
});
