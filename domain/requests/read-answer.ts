/** The body of an answer as data: JSON when it is some, else its text. What no database can keep (a null character, half a character) is left out. */
const LONE_SURROGATES = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const DEEPEST = 40;

const clean = (text: string): string => text.replaceAll('\u0000', '').replace(LONE_SURROGATES, '\uFFFD');

function cleanValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return null;
  if (Array.isArray(value)) return value.map((each) => cleanValue(each, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [clean(key), cleanValue(each, depth + 1)]));
}

/** Null for an empty body. */
export function readAnswerBody(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return cleanValue(JSON.parse(text));
  } catch {
    return clean(text);
  }
}
