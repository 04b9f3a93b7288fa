/**
 * The zone in which a customer lives, by the chain of §3.3: declared, address, phone prefix, last store, workspace. There is always an answer,
 * and it says which link gave it. Countries with several zones are answered by postal code or not at all, never by a guess.
 */
import { phoneCountry } from '#domain/customers/identifiers.ts';
import type { CustomerProfile } from '#domain/customers/profile.ts';

export type ZoneSource = 'declared' | 'address' | 'phone' | 'store' | 'workspace';

/** Countries whose mainland keeps one time (IANA zone1970.tab, release 2025b); those with several are absent on purpose. */
const ZONE_OF_COUNTRY: Record<string, string> = {
  AT: 'Europe/Vienna', BE: 'Europe/Brussels', BG: 'Europe/Sofia', CH: 'Europe/Zurich', CZ: 'Europe/Prague', DE: 'Europe/Berlin', DK: 'Europe/Copenhagen',
  DZ: 'Africa/Algiers', EE: 'Europe/Tallinn', FI: 'Europe/Helsinki', FR: 'Europe/Paris', GB: 'Europe/London', GF: 'America/Cayenne', GP: 'America/Guadeloupe',
  GR: 'Europe/Athens', HR: 'Europe/Zagreb', HU: 'Europe/Budapest', IE: 'Europe/Dublin', IN: 'Asia/Kolkata', IT: 'Europe/Rome', JP: 'Asia/Tokyo',
  LT: 'Europe/Vilnius', LU: 'Europe/Luxembourg', LV: 'Europe/Riga', MA: 'Africa/Casablanca', MC: 'Europe/Monaco', MQ: 'America/Martinique', NC: 'Pacific/Noumea',
  NL: 'Europe/Amsterdam', NO: 'Europe/Oslo', PL: 'Europe/Warsaw', PM: 'America/Miquelon', RE: 'Indian/Reunion', RO: 'Europe/Bucharest', SE: 'Europe/Stockholm',
  SI: 'Europe/Ljubljana', SK: 'Europe/Bratislava', SN: 'Africa/Dakar', TN: 'Africa/Tunis', TR: 'Europe/Istanbul', YT: 'Indian/Mayotte',
};

/** Postal codes that decide: overseas departments under FR, the islands of Spain and Portugal. The first prefix that fits counts. */
const ZONE_OF_POSTAL_PREFIX: Record<string, readonly (readonly [prefix: string, zone: string])[]> = {
  FR: [
    ['971', 'America/Guadeloupe'], ['972', 'America/Martinique'], ['973', 'America/Cayenne'], ['974', 'Indian/Reunion'], ['975', 'America/Miquelon'],
    ['976', 'Indian/Mayotte'], ['988', 'Pacific/Noumea'], ['986', 'Pacific/Wallis'], ['987', 'Pacific/Tahiti'],
  ],
  ES: [['35', 'Atlantic/Canary'], ['38', 'Atlantic/Canary'], ['', 'Europe/Madrid']],
  PT: [['95', 'Atlantic/Azores'], ['96', 'Atlantic/Azores'], ['97', 'Atlantic/Azores'], ['98', 'Atlantic/Azores'], ['99', 'Atlantic/Azores'], ['9', 'Atlantic/Madeira'], ['', 'Europe/Lisbon']],
};

function zoneOfAddress(country: string, postalCode: string | undefined): string | null {
  const digits = postalCode?.replace(/\s/g, '');
  const byPostalCode = digits ? ZONE_OF_POSTAL_PREFIX[country]?.find(([prefix]) => digits.startsWith(prefix))?.[1] : undefined;
  return byPostalCode ?? ZONE_OF_COUNTRY[country] ?? null;
}

/** What the chain looks at, in its order; `phone` is E.164, the zones are IANA names. */
export type ZoneFacts = { profile: Pick<CustomerProfile, 'timeZone' | 'country' | 'postalCode'>; phone: string | null; storeZone: string | null; workspaceZone: string };

/** The customer's zone and the link that gave it. A mainland French number tells Europe/Paris, since the departments overseas have prefixes of their own. */
export function customerZone({ profile, phone: number, storeZone, workspaceZone }: ZoneFacts): { zone: string; source: ZoneSource } {
  if (profile.timeZone) return { zone: profile.timeZone, source: 'declared' };
  const address = profile.country ? zoneOfAddress(profile.country, profile.postalCode) : null;
  if (address) return { zone: address, source: 'address' };
  const country = number ? phoneCountry(number) : null;
  const phone = country ? ZONE_OF_COUNTRY[country] : undefined;
  if (phone) return { zone: phone, source: 'phone' };
  if (storeZone) return { zone: storeZone, source: 'store' };
  return { zone: workspaceZone, source: 'workspace' };
}
