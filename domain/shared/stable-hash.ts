/**
 * The chance of the domain: a text always gives the same number, so a split, a holdout or a spread is decided the same way in production,
 * in a simulation and after a restart (§1.7, §4.2). The algorithm is cyrb53 (two 32-bit lanes of multiply and xor-shift, MurmurHash3's
 * finishing constants); it is well spread, fast, and not a secret. Its results are stored nowhere but relied upon for ever: never change it.
 */
const TWO_TO_32 = 4_294_967_296;
const TWO_TO_53 = 9_007_199_254_740_992;

/**
 * A number in [0, 1) that depends on the parts and on their order alone. Each part is preceded by its length, so ('ab', 'c') and ('a', 'bc')
 * differ. Name what is decided among the parts (`stableHash('split', nodeId, customerId)`), or two decisions about one customer will agree.
 */
export function stableHash(...parts: string[]): number {
  let left = 0xdeadbeef;
  let right = 0x41c6ce57;
  for (const part of parts) {
    const text = `${part.length}:${part}`;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      left = Math.imul(left ^ unit, 2_654_435_761);
      right = Math.imul(right ^ unit, 1_597_334_677);
    }
  }
  left = Math.imul(left ^ (left >>> 16), 2_246_822_507) ^ Math.imul(right ^ (right >>> 13), 3_266_489_909);
  right = Math.imul(right ^ (right >>> 16), 2_246_822_507) ^ Math.imul(left ^ (left >>> 13), 3_266_489_909);
  return ((right & 0x1fffff) * TWO_TO_32 + (left >>> 0)) / TWO_TO_53;
}
