/**
 * What is declared of a customer. A profile holds no identifiers (they are rows of their own, §13.1) and no consents (§6.4);
 * everything in it may be read by conditions, zones and templates.
 */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { isTimeZone } from '#domain/shared/time.ts';

/** A calendar date as `YYYY-MM-DD`; one that does not exist (2026-02-30) is refused. */
export const IsoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written YYYY-MM-DD').refine((text) => {
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}, 'this date does not exist');

/** A language as BCP 47 writes it: `fr`, `fr-CA`, `zh-Hant-TW`. */
export const LanguageTag = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?$/, 'a language is a BCP 47 tag such as fr or fr-CA');

export const CountryCode = z.string().regex(/^[A-Z]{2}$/, 'a country is two capital letters (ISO 3166-1) such as FR');

export const AttributeValue = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]);
export type AttributeValue = z.infer<typeof AttributeValue>;

const AttributeName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'an attribute is named by letters, digits and _, beginning with a letter');
const Text = z.string().trim().min(1).max(200);

const declared = {
  firstName: Text.optional(),
  lastName: Text.optional(),
  language: LanguageTag.optional(),
  country: CountryCode.optional(),
  timeZone: z.string().refine(isTimeZone, 'a time zone is named as in the IANA list, such as Europe/Paris').optional(),
  street: Text.optional(),
  city: Text.optional(),
  postalCode: Text.optional(),
  birthDate: IsoDate.optional(),
  gender: Text.optional(),
  storeId: Text.optional(),
};
const Tags = z.array(Text).max(200);
const Attributes = z.record(AttributeName, AttributeValue);

/** A stored profile; `{}` reads as a profile of which nothing is known. Unknown keys are dropped. */
export const CustomerProfile = z.object({ ...declared, tags: Tags.default([]), attributes: Attributes.default({}) });
export type CustomerProfile = z.infer<typeof CustomerProfile>;

/** A change of a profile, from a till or the API: what is named replaces, what is not named stays. Unknown keys are refused. */
export const ProfileChange = z.strictObject({ ...declared, tags: Tags.optional(), attributes: Attributes.optional() });
export type ProfileChange = z.infer<typeof ProfileChange>;

/** The profile after a change: fields named in it replace, tags replace as a whole when named, attributes one by one (null is a value). */
export function changeProfile(profile: CustomerProfile, change: ProfileChange): CustomerProfile {
  return {
    ...profile,
    ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
    tags: [...new Set(change.tags ?? profile.tags)],
    attributes: { ...profile.attributes, ...change.attributes },
  };
}
