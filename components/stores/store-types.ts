/** A store as the API answers it; days are `YYYY-MM-DD`. */
export type Store = { id: string; externalId: string; name: string; city: string | null; country: string; timeZone: string; opensOn: string | null; closesOn: string | null };

/** Whether it is open on a day, was, or will be. */
export const stateOf = ({ opensOn, closesOn }: Pick<Store, 'opensOn' | 'closesOn'>, day: string): 'open' | 'notYet' | 'closed' => (opensOn !== null && opensOn > day ? 'notYet' : closesOn !== null && closesOn < day ? 'closed' : 'open');
