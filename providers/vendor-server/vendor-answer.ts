/** What a route of the vendor server gives back: an answer, or a line that goes dead before one. */
export type VendorAnswer = { status: number; headers?: Record<string, string>; body: unknown } | { reset: true };

/** What a route is asked, read from the wire. Header names are lower-case. */
export type VendorRequest = { path: string; query: URLSearchParams; headers: Record<string, string | undefined>; body: string; /** The body as it came. */ bytes: Buffer };

/** Parses JSON; undefined when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
