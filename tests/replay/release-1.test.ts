/** What slept under release 1 wakes under this one: definitions and enrollments as that release wrote them, read and run on by today's kernel (ARCHITECTURE 1.1). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Kernel, NOON } from '#domain/enrollments/kernel-for-test.ts';
import { EnrollmentState } from '#domain/enrollments/state.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { validateJourney } from '#domain/journeys/validate.ts';
import type { Offer } from '#domain/offers/offer.ts';
import { DAY_MS } from '#domain/shared/time.ts';

const FOLDER = join(import.meta.dirname, 'release-1');
const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
const Sleeping = z.array(z.object({
  journey: z.enum(['welcome', 'thank-you', 'win-back']), day: z.number(),
  enrollment: z.object({ id: z.string(), journeyId: z.string(), versionId: z.string(), entryKey: z.string(), burst: z.number(), enteredAt: z.number(), state: EnrollmentState }),
}));
const people = Sleeping.parse(read('enrollments.json'));
const offer = (key: string): Offer => ({ key, name: { fr: key }, benefit: { kind: 'percentOff', percent: 10 }, validity: { days: 30 }, singleUse: true });

/** What each would still have done under release 1, by where it stood. */
const THEN: Record<string, { sent: string[]; ends: string }> = {
  'welcome 0': { sent: ['welcome', 'welcome-sms'], ends: 'completed at text' },
  'welcome 2': { sent: ['welcome-sms'], ends: 'completed at text' },
  'welcome 23': { sent: [], ends: 'completed at text' },
  'thank-you 0': { sent: ['thank-you'], ends: 'completed at answer' },
  'thank-you 4': { sent: [], ends: 'completed at answer' },
  'win-back 0': { sent: ['win-back'], ends: 'completed at fortnight' },
  'win-back 91': { sent: [], ends: 'completed at fortnight' },
};

describe('release 1', () => {
  it.each(['welcome', 'thank-you', 'win-back'])('wrote a %s that is read and can be published still', (key) => {
    expect(validateJourney(Journey.parse(read(`${key}.json`)), {})).toEqual([]);
  });

  it.each(people)('left somebody in $journey on day $day who goes on as they would have', ({ journey, day, enrollment }) => {
    const kernel = new Kernel({ offers: { welcome: offer('welcome'), comeBack: offer('comeBack') } });
    kernel.facts.profile = { ...kernel.facts.profile, tags: ['ambassadrice'] };
    kernel.facts.figures = { ...kernel.facts.figures, purchases: 1 };
    kernel.publish(Journey.parse(read(`${journey}.json`)));
    kernel.enrollments = [enrollment];
    for (let next = day + 1; next <= day + 130; next += 1) kernel.at(NOON + next * DAY_MS).advance();
    expect({ sent: kernel.sent(), ends: kernel.endings()[0] }).toEqual(THEN[`${journey} ${day}`]);
  });
});
