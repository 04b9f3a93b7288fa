/** The version of what the till says when it asks for consent. Change it with the words `till.enrol.consent`: it is kept with each consent as its proof (§6.4). */
const VERSION = 'till-1';

/** The version in the language in which it was read out. */
export const consentWordingVersion = (language: string): string => `${VERSION}-${language}`;
