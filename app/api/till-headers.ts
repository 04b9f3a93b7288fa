/** How a till's page and the API find each other: a cookie that scripts cannot read, and two headers that only a page of ours sends. */
export const DEVICE_COOKIE = 'parcours.till';
/** Asks to be taken as the paired till, and not as whoever is signed in in the same browser. */
export const TILL_HEADER = 'x-parcours-till';
/** Who stands at it. */
export const STAFF_HEADER = 'x-parcours-staff';
