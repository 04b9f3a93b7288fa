/** Stage 5, deliver: what a customer's one-word SMS asks for (§6.6). More than one word is a conversation, not a keyword. */
export const SMS_KEYWORDS = {
  optOut: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'CANCEL', 'REVOKE', 'OPTOUT', 'ARRET'],
  optIn: ['START', 'YES', 'UNSTOP'],
  help: ['HELP', 'INFO', 'AIDE'],
} as const;

export type SmsKeyword = keyof typeof SMS_KEYWORDS;

const MEANINGS = new Map<string, SmsKeyword>([
  ...SMS_KEYWORDS.optOut.map((word): [string, SmsKeyword] => [word, 'optOut']),
  ...SMS_KEYWORDS.optIn.map((word): [string, SmsKeyword] => [word, 'optIn']),
  ...SMS_KEYWORDS.help.map((word): [string, SmsKeyword] => [word, 'help']),
]);

/** The keyword that the whole text is, or null. Case, accents («Arrêt»), surrounding space, quotes and closing marks («stop.») do not matter. */
export function matchSmsKeyword(text: string): SmsKeyword | null {
  const bare = text.normalize('NFD').replace(/\p{Mn}/gu, '').replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
  return MEANINGS.get(bare.toUpperCase()) ?? null;
}
