import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#domain/shared/time.ts';
import { attribute } from '#domain/measurement/attribute.ts';

const WINDOWS = { emailDays: 14, smsDays: 3 };
const sale = (day: number) => ({ eventId: `s${day}`, occurredAt: day * DAY_MS, amountMinor: 1_000 });
const sent = (id: string, channel: string, day: number) => ({ id, channel, handedOverAt: day * DAY_MS });
const to = (sales: ReturnType<typeof sale>[], messages: ReturnType<typeof sent>[]) => attribute(sales, messages, WINDOWS).map(({ message }) => message?.id ?? null);

describe('a sale is attributed (§12.9)', () => {
  it('to the last message before it', () => {
    expect(to([sale(5)], [sent('a', 'email', 1), sent('b', 'email', 4), sent('c', 'email', 6)])).toEqual(['b']);
  });

  it('within 14 days for e-mail and 3 for SMS', () => {
    expect(to([sale(13), sale(14)], [sent('a', 'email', 0)])).toEqual(['a', null]);
    expect(to([sale(2), sale(3)], [sent('a', 'sms', 0)])).toEqual(['a', null]);
  });

  it('to an older e-mail when the text that came after is too old', () => {
    expect(to([sale(8)], [sent('mail', 'email', 0), sent('text', 'sms', 4)])).toEqual(['mail']);
  });

  it('once at most, to a message that had left, whatever was sent', () => {
    const day = fc.integer({ min: 0, max: 60 });
    fc.assert(fc.property(fc.array(day), fc.array(fc.tuple(day, fc.constantFrom('email', 'sms'))), (sales, messages) => {
      const answers = attribute(sales.map(sale), messages.map(([at, channel], index) => sent(`m${index}`, channel, at)), WINDOWS);
      return answers.length === sales.length && answers.every(({ sale: { occurredAt }, message }) => message === null || message.handedOverAt <= occurredAt);
    }));
  });
});
