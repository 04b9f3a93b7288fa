/** Messages as the API answers them, and the colour of each status. */
import type { Channel } from '#domain/customers/channels.ts';
import type { ShownNotification } from '#components/content/notification-card.tsx';
import type { ReasonData } from '#components/reason-sentence.ts';
import type { Tone } from '#components/ui/status-badge.tsx';
import type { MessageStatus } from '#domain/messages/delivery-status.ts';

export type MessageSummary = {
  id: string; key: string; customerId: string; customerName: string | null; journeyId: string | null; journeyName: string | null; enrollmentId: string | null; nodeId: string | null; channel: Channel; category: string;
  language: string | null; status: MessageStatus; statusAt: string; plannedAt: string; dueAt: string; expiresAt: string | null; reason: ReasonData | null;
  handedOverAt: string | null; deliveredAt: string | null; openedAt: string | null; clickedAt: string | null;
};
export type MessageDetail = MessageSummary & {
  provider: string | null; providerMessageId: string | null; address: string | null; lawful: Record<string, unknown> | null; templateKey: string | null; templateNumber: number | null; sender: string | null;
  content: { subject: string | null; html: string | null; text: string; notification: ShownNotification | null } | null;
};

export const TONE_OF: Record<MessageStatus, Tone> = { queued: 'quiet', held: 'warning', sending: 'ink', sent: 'ink', delivered: 'live', bounced: 'danger', failed: 'danger', suppressed: 'warning', unknown: 'warning' };
