/** Stops on a programmer error: a state that no input can cause. Never use it for bad input or an expected outcome. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`);
}

/** Closes a `switch` over a union: a missing case is a compile error, an impossible value a thrown one. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
