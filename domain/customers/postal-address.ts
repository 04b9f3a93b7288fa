/** Where post reaches a customer, from what is declared of them. */
import type { CustomerProfile } from '#domain/customers/profile.ts';

/**
 * The address on one line, as it is compared, kept and suspended (§13.7): `12 rue des Lilas, 69001 Lyon, FR`. Null without street, postcode or city;
 * `country` is where an address lies that names none.
 */
export function postalAddress({ street, postalCode, city, country: named }: Pick<CustomerProfile, 'street' | 'postalCode' | 'city' | 'country'>, country: string): string | null {
  if (!street || !postalCode || !city) return null;
  return `${street}, ${postalCode} ${city}, ${named ?? country}`.replace(/\s+/g, ' ');
}
