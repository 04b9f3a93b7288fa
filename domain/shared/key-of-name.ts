/** Keys that follow names, so that nobody has to make one up. */

const MOST = 60;

/** Small letters, digits and hyphens of a name; empty when the name has no letter and no digit. */
export const keyOfName = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+/, '').slice(0, MOST).replace(/-+$/, '');

/** The key of a thing whose name changes from `before` to `after`: a key that was made of the name goes with it, one that somebody wrote stays. `makeKey` where keys have a rule of their own. */
export const followName = (key: string, before: string, after: string, makeKey = keyOfName): string => (key === '' || key === makeKey(before) ? makeKey(after) : key);

/** For keys that begin with a letter. */
export const letterKeyOfName = (name: string): string => keyOfName(name).replace(/^[^a-z]+/, '');
