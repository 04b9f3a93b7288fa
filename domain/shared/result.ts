/** What is wrong with an input: a stable code, a sentence that says what to do, and the path of the value. */
export type Problem = { code: string; message: string; path: (string | number)[] };

/** The outcome of reading something from outside: the value, or all that is wrong with it. */
export type Result<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (...problems: Problem[]): Result<never> => ({ ok: false, problems });
