/** The chance of the demo brand: a named stream of numbers that is the same on every machine, so one seed always makes the same brand. */
import { stableHash } from '#domain/shared/stable-hash.ts';

export type Chance = {
  /** In [0, 1). */
  next(): number;
  /** True in so many cases of one. */
  happens(probability: number): boolean;
  /** A whole number, both ends included. */
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** By weight; weights need not sum to one. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** A waiting time with this mean, shorter ones more often. */
  exponential(mean: number): number;
};

/** Opens the stream of these names. Another name is another stream: drawing more of one changes nothing in the others. */
export function openChance(...names: string[]): Chance {
  // mulberry32 over a state that the names give.
  let state = Math.floor(stableHash('demo', ...names) * 4_294_967_296) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  return {
    next,
    pick,
    happens: (probability) => next() < probability,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    weighted(list) {
      let point = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      return (list.find(([, weight]) => (point -= weight) < 0) ?? list[list.length - 1]!)[0];
    },
    exponential: (mean) => -Math.log(1 - next()) * mean,
  };
}
