/** What becomes of a customer or product that is known already: what the file says replaces, fills only what is empty, or changes nothing. */
export const KNOWN_POLICIES = ['update', 'fill', 'leave'] as const;
export type KnownPolicy = (typeof KNOWN_POLICIES)[number];
