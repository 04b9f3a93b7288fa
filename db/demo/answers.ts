/**
 * What customers do with a message, and how much it truly brings. These shares are the truth that reports should find again: a delivered
 * message causes an extra purchase within fourteen days with the probability of its kind, and nothing else in the brand depends on messages.
 */
import { openChance } from '#db/demo/chance.ts';
import { DAY_MS, HOUR_MS, type Instant } from '#domain/shared/time.ts';

export const MESSAGE_KINDS = ['welcome', 'welcome-sms', 'thank-you', 'win-back'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** `uplift`: of a hundred delivered, how many cause a purchase that would not have been made. Opens are of delivered e-mails, clicks of opened ones. */
export type AnswerShares = { opens: number; clicks: number; stops: number; uplift: number };
export const ANSWER_SHARES: Record<MessageKind, AnswerShares> = {
  welcome: { opens: 0.58, clicks: 0.24, stops: 0, uplift: 0.1 },
  'welcome-sms': { opens: 0, clicks: 0, stops: 0.04, uplift: 0.08 },
  'thank-you': { opens: 0.47, clicks: 0.36, stops: 0, uplift: 0.12 },
  'win-back': { opens: 0.33, clicks: 0.18, stops: 0, uplift: 0.15 },
};
/** Grades given by those who answer the question of the thank-you, worst first. */
export const SCORES = [[1, 3], [2, 4], [3, 11], [4, 29], [5, 53]] as const;
export const UPLIFT_DAYS = 14;

export type Answer =
  | { kind: 'open' | 'stop'; notBefore: Instant }
  | { kind: 'click'; notBefore: Instant; score: number }
  | { kind: 'buy'; notBefore: Instant };

/** The answers to the person's `nth` message of its kind, received at `at`: a function of these and the seed, so a second run gives the same. */
export function drawAnswers(seed: string, message: { kind: MessageKind; recipient: string; nth: number; at: Instant }): Answer[] {
  const { kind, recipient, nth, at } = message;
  const chance = openChance(seed, 'answer', kind, recipient, String(nth));
  const shares = ANSWER_SHARES[kind];
  const openedAt = at + chance.exponential(7) * HOUR_MS;
  const opens = chance.happens(shares.opens);
  const clicks = chance.happens(shares.clicks) && opens;
  const score = chance.weighted(SCORES);
  const stops = chance.happens(shares.stops);
  const buys = chance.happens(shares.uplift);
  const buysAt = at + (0.3 + chance.next() * (UPLIFT_DAYS - 1.5)) * DAY_MS;
  return [
    ...(opens ? [{ kind: 'open' as const, notBefore: openedAt }] : []),
    ...(clicks ? [{ kind: 'click' as const, notBefore: openedAt, score }] : []),
    ...(stops ? [{ kind: 'stop' as const, notBefore: openedAt }] : []),
    ...(buys ? [{ kind: 'buy' as const, notBefore: buysAt }] : []),
  ];
}
