/**
 * Stage 5, deliver: where a message stands and what a vendor's report makes of it (§7.1). A status never goes backwards: reports
 * come doubled, late and in any order, and whatever their order the same reports end in the same status.
 */
export const MESSAGE_STATUSES = ['queued', 'held', 'sending', 'sent', 'delivered', 'bounced', 'failed', 'suppressed', 'unknown'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

export const REPORT_STATUSES = ['sent', 'delivered', 'bounced', 'complained', 'failed', 'opened', 'clicked', 'delayed'] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

/**
 * How far along each status is. A report is a fact and outranks what we only supposed: `unknown` gives way to it. A bounce that follows a
 * delivery (the mailbox refused later) wins, and so does proof of delivery over a failure. `suppressed` is ours alone: nothing left, so nothing moves it.
 */
const RANKS: Record<MessageStatus, number> = {
  queued: 0, held: 1, sending: 2, unknown: 3, sent: 4, failed: 5, delivered: 6, bounced: 7, suppressed: 8,
};

/** What each report proves. Who opens, clicks or complains has received the message; who is told «delayed» holds a message that left. */
const PROVES: Record<ReportStatus, MessageStatus> = {
  sent: 'sent', delayed: 'sent', delivered: 'delivered', opened: 'delivered', clicked: 'delivered', complained: 'delivered', failed: 'failed', bounced: 'bounced',
};

/** The further of two statuses (§7.1). The dispatcher uses it too, so that an outcome recorded after an early webhook does not undo it. */
export function laterStatus(current: MessageStatus, next: MessageStatus): MessageStatus {
  return RANKS[next] > RANKS[current] ? next : current;
}

/** The status after a vendor's report: `current` or further on, whatever the order in which reports arrive (§7.1). */
export function nextDeliveryStatus(current: MessageStatus, report: { status: ReportStatus }): MessageStatus {
  return laterStatus(current, PROVES[report.status]);
}
