import { describe, expect, it } from 'vitest';
import { foldPasses, type TimelineLine } from '#components/customers/timeline-text.ts';

const passed = (nodeId: string, at = '2026-03-12T10:00:00.000Z', enrollmentId = 'enr_1'): TimelineLine => ({ kind: 'journey', id: nodeId, at, data: { step: 'passed', nodeId, enrollmentId } });

describe('the folding of a timeline', () => {
  it('makes one line of the steps passed in one moment, in the order in which they were passed', () => {
    const [line, ...rest] = foldPasses([passed('c'), passed('b'), passed('a')]);
    expect([line?.data, ...(line?.others ?? [])].map((data) => data?.['nodeId'])).toEqual(['a', 'b', 'c']);
    expect(rest).toEqual([]);
  });

  it('keeps steps of other moments, other people and other kinds apart', () => {
    const event: TimelineLine = { kind: 'event', id: 'e', at: '2026-03-12T10:00:00.000Z', data: {} };
    expect(foldPasses([passed('b'), event, passed('a')])).toHaveLength(3);
    expect(foldPasses([passed('b'), passed('a', '2026-03-12T09:00:00.000Z')])).toHaveLength(2);
    expect(foldPasses([passed('b'), passed('a', undefined, 'enr_2')])).toHaveLength(2);
  });
});
