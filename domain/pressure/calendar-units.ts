/** The units of a calendar window (§5.3): a list of its own, for the forms that offer them. */
export const CALENDAR_UNITS = ['hour', 'day', 'week', 'month', 'year'] as const;
export type CalendarUnit = (typeof CALENDAR_UNITS)[number];
