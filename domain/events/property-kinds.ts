/** What a property of an event may be; `time` is an instant or a day, as ISO 8601 writes them. */
export const PROPERTY_KINDS = ['text', 'number', 'boolean', 'time', 'list', 'object', 'any'] as const;
