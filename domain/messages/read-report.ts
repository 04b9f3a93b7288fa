/** Stage 5, deliver: what a vendor's report makes of a message, and whether it is news. Written by the engine, followed by the simulator. */
import { nextDeliveryStatus, type MessageStatus, type ReportStatus } from '#domain/messages/delivery-status.ts';
import type { SystemEventType } from '#domain/events/customer-event.ts';
import type { Instant } from '#domain/shared/time.ts';

/** What each report is called as an event. `sent` is news only of a message of which nobody knew; `delayed` never. */
const EVENTS: Partial<Record<ReportStatus, SystemEventType>> = {
  delivered: 'message.delivered', bounced: 'message.bounced', complained: 'message.complained', failed: 'message.failed', opened: 'message.opened', clicked: 'message.clicked',
};

export type ReportedMessage = { status: MessageStatus; deliveredAt: Instant | null; openedAt: Instant | null; clickedAt: Instant | null };
export type ReadReport = {
  status: MessageStatus;
  /** Which of its first times this report gives. */
  delivered: boolean;
  opened: boolean;
  clicked: boolean;
  /** Whether the report is why the message now stands as failed or bounced. */
  failed: boolean;
  /** The event to tell, null when nothing is new. */
  tells: SystemEventType | null;
};

/** Reads one report against the message as it stands: doubled, late and unordered reports say nothing twice (§7.1). */
export function readReport(message: ReportedMessage, report: { status: ReportStatus }): ReadReport {
  const status = nextDeliveryStatus(message.status, report);
  const delivered = status === 'delivered' && message.deliveredAt === null;
  const opened = (report.status === 'opened' || report.status === 'clicked') && message.openedAt === null;
  const clicked = report.status === 'clicked' && message.clickedAt === null;
  const failed = status !== message.status && (report.status === 'bounced' || report.status === 'failed');
  const isFirst = { opened, clicked, delivered, complained: true, sent: status !== message.status, failed: status !== message.status, bounced: status !== message.status, delayed: status !== message.status }[report.status];
  const type = report.status === 'sent' && message.status === 'unknown' ? 'message.sent' : EVENTS[report.status];
  return { status, delivered, opened, clicked, failed, tells: isFirst && type ? type : null };
}
