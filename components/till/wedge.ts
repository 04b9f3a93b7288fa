/** Tells a scanner from a person: it types faster than hands can and ends with Enter. Pure: the time of each key is an argument. */

/** The slowest that scanners type, and faster than anybody. */
const MOST_GAP_MS = 45;
const LEAST_LENGTH = 4;

export type WedgeKey = 'waiting' | 'burst' | { scanned: string };

export class WedgeReader {
  private text = '';
  private lastAt = Number.NEGATIVE_INFINITY;

  /** How many keys of the run that goes on have come. */
  get length(): number {
    return this.text.length;
  }

  /** What this key is part of: `burst` once two have come as fast as no hand types them. Enter ends the run, whatever it was. */
  read(key: string, atMs: number): WedgeKey {
    const fast = atMs - this.lastAt <= MOST_GAP_MS;
    this.lastAt = atMs;
    if (key === 'Enter') {
      const scanned = fast && this.text.length >= LEAST_LENGTH ? this.text.trim() : '';
      this.text = '';
      return scanned === '' ? 'waiting' : { scanned };
    }
    // Shift comes along with capital letters, and is no key of its own.
    if (key.length !== 1) return this.text.length > 1 && fast ? 'burst' : 'waiting';
    this.text = fast ? this.text + key : key;
    return this.text.length > 1 ? 'burst' : 'waiting';
  }
}
