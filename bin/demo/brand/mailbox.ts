/** What the demo's customers do at the simulated vendors: they read, open, follow links and reply, over HTTP as people and their vendors would. */
import { z } from 'zod';
import type { Instant } from '#domain/shared/time.ts';
import { parseInstant } from '#domain/shared/time.ts';

const Page = z.object({
  messages: z.array(z.object({ id: z.string(), seq: z.number(), channel: z.enum(['email', 'sms']), to: z.string(), html: z.string(), status: z.string(), messageId: z.string().nullable(), at: z.string() })),
  next: z.number().nullable(),
});
export type ReceivedMessage = { id: string; channel: 'email' | 'sms'; to: string; html: string; bounced: boolean; messageId: string | null; at: Instant };

/** A vendor or a page that does not answer is tried again for a while: the machine may be busy. */
async function call(url: string | URL, body?: object): Promise<Response> {
  const init: RequestInit = body ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : { redirect: 'manual' };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(20_000) });
      if (response.status < 500) return response;
      if (attempt === 5) throw new Error(`${new URL(url).pathname.split('/')[1]} answered ${response.status}.`);
    } catch (error) {
      if (attempt === 5) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
  }
}

export function openMailbox(vendorServerUrl: string, workspaceId: string) {
  let after: number | null = null;
  const at = (path: string): URL => new URL(path, vendorServerUrl);
  return {
    /** What came since the last look. */
    async read(): Promise<ReceivedMessage[]> {
      const found: ReceivedMessage[] = [];
      for (;;) {
        const response = await call(at(`/mailbox?workspaceId=${workspaceId}&limit=500${after === null ? '' : `&after=${after}`}`));
        const { messages, next } = Page.parse(await response.json());
        found.push(...messages.map(({ id, channel, to, html, status, messageId, at: text }) => ({ id, channel, to, html, messageId, bounced: status === 'bounced', at: parseInstant(text) ?? 0 })));
        after = messages.at(-1)?.seq ?? after;
        if (next === null) return found;
      }
    },
    open: async ({ id }: ReceivedMessage): Promise<void> => void (await call(at(`/mailbox/${id}/open`), {}).then((response) => response.arrayBuffer())),
    reply: async (phone: string, words: string): Promise<void> => void (await call(at('/mailbox/reply'), { from: phone, body: words, workspaceId }).then((response) => response.arrayBuffer())),
    /** Follows the link of a grade, else the first one, as a browser does; the page behind it is nobody's. */
    async click({ html }: ReceivedMessage, score: number): Promise<void> {
      const anchors = [...html.matchAll(/<a\b[^>]*>/g)].map(([anchor]) => anchor).filter((anchor) => /href="[^"]*\/l\//.test(anchor));
      const chosen = anchors.find((anchor) => anchor.includes(`title="score-${score}"`)) ?? anchors[0];
      const link = chosen && /href="([^"]+)"/.exec(chosen)?.[1]?.replaceAll('&amp;', '&');
      if (link) await call(link).then((response) => response.arrayBuffer());
    },
  };
}
export type Mailbox = ReturnType<typeof openMailbox>;
