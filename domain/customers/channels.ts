/** The channels of messages: a list of its own, so that a page that only names them loads nothing else. */
export const CHANNELS = ['email', 'sms'] as const;
