import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laterStatus, MESSAGE_STATUSES, nextDeliveryStatus, REPORT_STATUSES, type MessageStatus, type ReportStatus } from '#domain/messages/delivery-status.ts';

const after = (start: MessageStatus, reports: readonly ReportStatus[]): MessageStatus =>
  reports.reduce<MessageStatus>((current, status) => nextDeliveryStatus(current, { status }), start);

describe('nextDeliveryStatus', () => {
  const cases: [MessageStatus, ReportStatus, MessageStatus][] = [
    ['sending', 'sent', 'sent'],
    ['sending', 'delivered', 'delivered'],
    ['sent', 'delayed', 'sent'],
    ['sent', 'delivered', 'delivered'],
    ['delivered', 'sent', 'delivered'],
    ['delivered', 'bounced', 'bounced'],
    ['bounced', 'delivered', 'bounced'],
    ['sent', 'failed', 'failed'],
    ['failed', 'delivered', 'delivered'],
    ['sent', 'opened', 'delivered'],
    ['delivered', 'complained', 'delivered'],
    ['unknown', 'sent', 'sent'],
    ['unknown', 'failed', 'failed'],
    ['suppressed', 'delivered', 'suppressed'],
  ];
  it.each(cases)('moves %s on a report of %s to %s (§7.1)', (current, status, next) => {
    expect(nextDeliveryStatus(current, { status })).toBe(next);
  });

  it('ends in the same status whatever the order and however often the same reports come (§7.1)', () => {
    fc.assert(fc.property(
      fc.constantFrom(...MESSAGE_STATUSES),
      fc.array(fc.constantFrom(...REPORT_STATUSES), { maxLength: 8 }).chain((reports) =>
        fc.tuple(fc.constant(reports), fc.shuffledSubarray([...reports, ...reports], { minLength: reports.length * 2 }))),
      (start, [inOrder, shuffledAndDoubled]) => {
        expect(after(start, shuffledAndDoubled)).toBe(after(start, inOrder));
      },
    ));
  });

  it('never goes backwards (§7.1)', () => {
    fc.assert(fc.property(fc.constantFrom(...MESSAGE_STATUSES), fc.array(fc.constantFrom(...REPORT_STATUSES)), (start, reports) => {
      const end = after(start, reports);
      expect(laterStatus(end, start)).toBe(end);
    }));
  });

  it('keeps an early webhook when the outcome is recorded after it (§7.2)', () => {
    expect(laterStatus('delivered', 'sent')).toBe('delivered');
    expect(laterStatus('delivered', 'unknown')).toBe('delivered');
  });
});
