/** A text without accents and capitals: what somebody types into a search is found however it is written. */
export const plainLetters = (text: string): string => text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase();
