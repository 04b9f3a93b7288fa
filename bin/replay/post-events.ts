/** Posts events as a till would: to the public API, again and again until an answer comes, so that what was taken is known to be taken. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const EventAnswer = z.object({
  id: z.string().nullable(),
  status: z.enum(['accepted', 'duplicate', 'quarantined', 'rejected']),
  customerId: z.string().optional(),
  code: z.string().optional(),
  loyalty: z.array(z.object({ points: z.number() })).optional(),
});
export type EventAnswer = z.infer<typeof EventAnswer>;

const Answer = z.object({ events: z.array(EventAnswer) });

export type EventDoor = { baseUrl: string; apiKey: string };
/** `tries` counts posts, this answer's among them: above 1, a duplicate may be our own first try. */
export type Posted = { answers: EventAnswer[]; tries: number };

const TIMEOUT_MS = 30_000;
const PATIENCE_MS = 120_000;
const LONGEST_PAUSE_MS = 2_000;

/** Answers in the order of the events. A server that is away, busy or failing is asked again for two minutes; a refusal of the whole post is an error. */
export async function postEvents({ baseUrl, apiKey }: EventDoor, events: unknown[], patienceMs = PATIENCE_MS): Promise<Posted> {
  const body = JSON.stringify(events);
  const until = Date.now() + patienceMs;
  let reason = '';
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(`${baseUrl}/api/v1/events`, {
      method: 'POST', headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }, body, signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => String(error));
    const text = typeof response === 'string' ? response : await response.text().catch(String);
    if (typeof response !== 'string' && response.status === 202) {
      const answer = parsed(text);
      if (answer) return { answers: answer.events, tries };
    }
    reason = typeof response === 'string' ? text : `${response.status} ${text.slice(0, 300)}`;
    const isFinal = typeof response !== 'string' && response.status >= 400 && response.status < 500 && response.status !== 429 && response.status !== 408;
    if (isFinal || Date.now() > until) throw new Error(`The events were not taken: ${reason}`);
    const retryAfterMs = typeof response === 'string' ? 0 : Number(response.headers.get('retry-after') ?? 0) * 1_000;
    await pause(Math.min(LONGEST_PAUSE_MS, retryAfterMs || 100 * tries));
  }
}

/** An answer that a killed server cut short is none. */
function parsed(text: string): z.infer<typeof Answer> | null {
  try {
    return Answer.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
