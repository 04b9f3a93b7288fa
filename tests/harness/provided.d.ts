import 'vitest';

declare module 'vitest' {
  /** What the global setups hand to the test files, read with `inject`. */
  export interface ProvidedContext {
    postgresUrl: string;
    temporalAddress: string;
  }
}
