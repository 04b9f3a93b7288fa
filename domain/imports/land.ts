/** What a row changes of what is known already: of a customer's profile, of a consent, of the relatives. Pure; the shell writes it. */
import { changeProfile, type CustomerProfile, type ProfileChange } from '#domain/customers/profile.ts';
import type { Consent } from '#domain/customers/consent.ts';
import type { Relative } from '#domain/customers/relatives.ts';
import type { KnownPolicy } from './known-policy.ts';
import type { RelativeRow } from './read-row.ts';

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Names in the order of an object's own keys, so that two profiles that say the same compare as the same. */
const canonical = (value: unknown): string => JSON.stringify(value, (_, inner: unknown) =>
  (typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).filter(([, each]) => each !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))) : inner));

/** The profile after the row, with the fields that changed; null when it says nothing new. Tags are added, never taken away. */
export function landProfile(profile: CustomerProfile, change: ProfileChange, known: KnownPolicy): { profile: CustomerProfile; fields: string[] } | null {
  if (known === 'leave') return null;
  const { attributes = {}, tags = [], ...declared } = change;
  const fits = (current: unknown): boolean => known === 'update' || isEmpty(current);
  const wanted = Object.entries(declared).filter(([name]) => fits(profile[name as keyof typeof declared]));
  const wantedAttributes = Object.entries(attributes).filter(([name]) => fits(profile.attributes[name]));
  const after = changeProfile(profile, { ...Object.fromEntries(wanted), tags: [...profile.tags, ...tags], attributes: Object.fromEntries(wantedAttributes) });
  const fields = [
    ...wanted.map(([name]) => name).filter((name) => canonical(profile[name as keyof CustomerProfile]) !== canonical(after[name as keyof CustomerProfile])),
    ...wantedAttributes.map(([name]) => name).filter((name) => profile.attributes[name] !== after.attributes[name]).map((name) => `attributes.${name}`),
    ...(after.tags.length > profile.tags.length ? ['tags'] : []),
  ];
  return fields.length > 0 ? { profile: after, fields } : null;
}

export type ConsentLanding = 'kept' | 'same' | 'older' | 'optedOut';

/**
 * What becomes of a consent from a file beside the one in force. An import never takes a no back: who opted out comes back by an act of their own
 * (§13.10). What was said before the one in force changes nothing, and says so.
 */
export function landConsent(inForce: Pick<Consent, 'state' | 'at'> | null, said: Pick<Consent, 'state' | 'at'>): ConsentLanding {
  if (inForce === null) return 'kept';
  if (inForce.state === said.state) return 'same';
  if (inForce.state === 'denied') return 'optedOut';
  return said.at < inForce.at ? 'older' : 'kept';
}

const sameName = (a: string | null | undefined, b: string | null | undefined): boolean => (a ?? '').toLowerCase() === (b ?? '').toLowerCase();

/** The relative that the row speaks of: of the same relation, with the same first name or, when one has none, the same date of birth. */
export function findRelative(relatives: readonly Relative[], row: Pick<RelativeRow, 'relation' | 'firstName' | 'birthDate'>): Relative | null {
  const alike = relatives.filter(({ relation }) => relation === row.relation);
  return alike.find(({ firstName, birthDate }) => (firstName && row.firstName ? sameName(firstName, row.firstName) : birthDate !== undefined && birthDate === row.birthDate)) ?? null;
}
