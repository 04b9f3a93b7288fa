/** A message in the mailbox of a sandbox, as the API answers it. */
import type { Channel } from '#domain/customers/channels.ts';
export type Mail = { id: string; channel: Channel; to: string; from: string; subject: string; html: string; text: string; messageId: string | null; status: string; at: string; unsubscribeUrl: string | null };
