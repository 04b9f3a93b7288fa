import { describe, expect, it } from 'vitest';
import { journey, Kernel } from './kernel-for-test.ts';

const perKey = (): Kernel => new Kernel().publish(journey({
  entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'perKey', property: 'orderId' }, next: 'a' },
  nodes: [{ id: 'a', kind: 'exit', settings: {} }],
}));

describe('the entry key', () => {
  it('of a long text is whole characters, whatever stands at its cut (§1.2)', () => {
    const kernel = perKey();
    for (let length = 150; length < 200; length += 1) kernel.post('purchase', { orderId: `${'x'.repeat(length)}😀${'y'.repeat(40)}` });
    expect(kernel.enrollments).toHaveLength(50);
    for (const { entryKey } of kernel.enrollments) expect(entryKey).not.toMatch(/\p{Surrogate}/u);
  });

  it('tells apart two long texts that begin alike (§1.2)', () => {
    const kernel = perKey();
    for (const end of ['a', 'b', 'a']) kernel.post('purchase', { orderId: `${'x'.repeat(300)}${end}` });
    expect(kernel.enrollments).toHaveLength(2);
    expect(kernel.enrollments.every(({ entryKey }) => entryKey.length <= 200)).toBe(true);
  });
});
