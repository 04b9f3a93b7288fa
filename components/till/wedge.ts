/** Tells a scanner from a person: it types faster than hands can and ends with Enter. Pure: the time of each key is an argument. */

/** What scanners type within, and hands do not: looked at in the middle of all gaps, so that a moment in which the browser was busy cuts no code in two. */
const USUAL_GAP_MS = 45;
/** After this long what comes is something else. */
const LONGEST_GAP_MS = 300;
const LEAST_LENGTH = 6;

export type WedgeKey = 'waiting' | 'burst' | { scanned: string };

const median = (values: readonly number[]): number => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY;

export class WedgeReader {
  private text = '';
  private gaps: number[] = [];
  private lastAt = Number.NEGATIVE_INFINITY;

  /** How many characters of the run that goes on have come. */
  get length(): number {
    return this.text.length;
  }

  /** What this key is part of: `burst` when it came as fast as no hand types it. Enter ends the run, whatever it was. */
  read(key: string, atMs: number): WedgeKey {
    const gap = atMs - this.lastAt;
    if (key === 'Enter') {
      const isScan = this.text.length >= LEAST_LENGTH && gap <= LONGEST_GAP_MS && median(this.gaps) <= USUAL_GAP_MS;
      const scanned = isScan ? this.text.trim() : '';
      this.begin('', atMs);
      return scanned === '' ? 'waiting' : { scanned };
    }
    // Shift comes along with capital letters, and is no key of its own.
    if (key.length !== 1) return 'waiting';
    if (gap > LONGEST_GAP_MS) this.begin(key, atMs);
    else {
      this.text += key;
      this.gaps.push(gap);
      this.lastAt = atMs;
    }
    return this.text.length > 1 && gap <= USUAL_GAP_MS ? 'burst' : 'waiting';
  }

  private begin(text: string, atMs: number): void {
    this.text = text;
    this.gaps = [];
    this.lastAt = atMs;
  }
}
