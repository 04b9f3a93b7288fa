/** A text cut to a length in UTF-16 units, and never through a character: no database keeps half of one. */
export const cutText = (text: string, longest: number): string => text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
