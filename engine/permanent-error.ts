/**
 * A failure that trying again cannot cure, with a stable code: the activities' wrapper makes it non-retryable for Temporal, the API's table
 * of codes makes it a problem document.
 */
export class PermanentError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'PermanentError';
  }
}
