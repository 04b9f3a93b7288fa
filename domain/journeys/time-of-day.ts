/** A time of day as authors write it, by the clock of the customer's zone. */
import { z } from 'zod';

export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day as HH:MM, for example 09:00.');
