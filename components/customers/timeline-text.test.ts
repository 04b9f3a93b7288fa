import { describe, expect, it } from 'vitest';
import { foldLines, type TimelineLine } from '#components/customers/timeline-text.ts';

const passed = (nodeId: string, at = '2026-03-12T10:00:00.000Z', enrollmentId = 'enr_1'): TimelineLine => ({ kind: 'journey', id: nodeId, at, data: { step: 'passed', nodeId, enrollmentId } });

describe('the folding of a timeline', () => {
  it('makes one line of the steps passed in one moment, in the order in which they were passed', () => {
    const [line, ...rest] = foldLines([passed('c'), passed('b'), passed('a')]);
    expect([line?.data, ...(line?.others ?? [])].map((data) => data?.['nodeId'])).toEqual(['a', 'b', 'c']);
    expect(rest).toEqual([]);
  });

  it('keeps steps of other moments, other people and other kinds apart', () => {
    const event: TimelineLine = { kind: 'event', id: 'e', at: '2026-03-12T10:00:00.000Z', data: {} };
    expect(foldLines([passed('b'), event, passed('a')])).toHaveLength(3);
    expect(foldLines([passed('b'), passed('a', '2026-03-12T09:00:00.000Z')])).toHaveLength(2);
    expect(foldLines([passed('b'), passed('a', undefined, 'enr_2')])).toHaveLength(2);
  });

  it('makes one line of what became of a message within a minute, and keeps another message apart', () => {
    const told = (code: string, messageId = 'm1', at = '2026-03-12T10:00:05.000Z'): TimelineLine => ({ kind: 'journey', id: code, at, data: { step: 'message', code, messageId } });
    const [line, ...rest] = foldLines([told('message.delivered', 'm1', '2026-03-12T10:00:40.000Z'), told('message.sent'), told('message.handedOver')]);
    expect([line?.data, ...(line?.others ?? [])].map((data) => data?.['code'])).toEqual(['message.handedOver', 'message.sent', 'message.delivered']);
    expect(rest).toEqual([]);
    expect(foldLines([told('message.clicked', 'm1', '2026-03-12T10:05:00.000Z'), told('message.delivered'), told('message.sent', 'm2')])).toHaveLength(3);
  });
});
