/** What a customer's zone hangs on (`customer-zone.ts`), by the names that `customer.changed` gives: a phone is no field of the profile. Apart, so that a designer needs no numbering plans. */
export const ZONE_FIELDS: readonly string[] = ['timeZone', 'country', 'postalCode', 'phone', 'storeId'];
