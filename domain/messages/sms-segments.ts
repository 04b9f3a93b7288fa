/** How many parts an SMS is sent and charged in: 160 characters of the GSM alphabet, or 70 of any other, fewer in each when there are several (3GPP TS 23.038). */
const GSM_BASIC = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
/** Each of these takes two places. */
const GSM_EXTENDED = new Set('^{}\\[~]|€\f');

export type SmsSegments = {
  encoding: 'gsm7' | 'ucs2';
  /** Places taken, of which `perSegment` fit in each part. */
  length: number;
  perSegment: number;
  segments: number;
  /** The first characters that make it UCS-2, each once, at most five. */
  outside: string[];
};

const partsOf = (length: number, single: number, several: number): { perSegment: number; segments: number } =>
  length <= single ? { perSegment: single, segments: length === 0 ? 0 : 1 } : { perSegment: several, segments: Math.ceil(length / several) };

/** Counts a text. In UCS-2 a character outside the basic plane, such as an emoji, takes two places; a part never ends within a character of two, which may cost one place that is not counted here. */
export function countSmsSegments(text: string): SmsSegments {
  const outside = [...new Set([...text].filter((character) => !GSM_BASIC.has(character) && !GSM_EXTENDED.has(character)))];
  if (outside.length > 0) return { encoding: 'ucs2', length: text.length, ...partsOf(text.length, 70, 67), outside: outside.slice(0, 5) };
  const length = [...text].reduce((sum, character) => sum + (GSM_EXTENDED.has(character) ? 2 : 1), 0);
  return { encoding: 'gsm7', length, ...partsOf(length, 160, 153), outside: [] };
}
