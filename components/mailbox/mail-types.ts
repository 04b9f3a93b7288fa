/** A message in the mailbox of a sandbox, as the API answers it. */
import type { ShownNotification } from '#components/content/notification-card.tsx';
import type { Channel } from '#domain/customers/channels.ts';
export type Mail = { id: string; channel: Channel; to: string; from: string; subject: string; html: string; text: string; notification: ShownNotification | null; messageId: string | null; status: string; at: string; unsubscribeUrl: string | null };
