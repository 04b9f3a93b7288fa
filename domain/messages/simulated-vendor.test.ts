import { describe, expect, it } from 'vitest';
import { EMAIL_MODES, simulateEmail, simulateSms, SMS_MODES } from '#domain/messages/simulated-vendor.ts';

describe('simulateEmail', () => {
  it('delivers an ordinary address three seconds later', () => {
    const outcome = simulateEmail('anna@lutin.test', 1);
    expect(outcome.answer.kind).toBe('accepted');
    expect(outcome.callbacks).toEqual([{ afterSeconds: 1, kind: 'email.sent' }, { afterSeconds: 3, kind: 'email.delivered' }]);
  });

  it('takes the mode from the local part at resend.dev and before a plus anywhere, and nowhere else', () => {
    const last = (address: string) => simulateEmail(address, 1).callbacks.at(-1)?.kind;
    expect(last('bounced@resend.dev')).toBe('email.bounced');
    expect(last('bounced+anna@lutin.test')).toBe('email.bounced');
    expect(last('bounced@lutin.test')).toBe('email.delivered');
    expect(last('constructor+x@lutin.test')).toBe('email.delivered');
  });

  it('refuses example.com, as Resend does', () => {
    expect(simulateEmail('anna@example.com', 1).answer).toMatchObject({ kind: 'refused', code: 'validation_error' });
  });

  it('limits as often as the mode says, then accepts', () => {
    const kinds = [1, 2, 3, 4].map((attempt) => simulateEmail('limited3+a@lutin.test', attempt).answer.kind);
    expect(kinds).toEqual(['rateLimited', 'rateLimited', 'rateLimited', 'accepted']);
  });
});

describe('simulateSms', () => {
  it('delivers an ordinary number and refuses what is no number', () => {
    expect(simulateSms('+33639980001', 1).callbacks.map((callback) => callback.kind)).toEqual(['sent', 'delivered']);
    expect(simulateSms('0639980001', 1).answer).toMatchObject({ kind: 'refused', code: '21211' });
  });
});

describe('every mode', () => {
  it('promises webhooks exactly when the vendor keeps the message', () => {
    const outcomes = [...Object.values(EMAIL_MODES), ...Object.values(SMS_MODES)].flatMap((mode) => [mode(1), mode(9)]);
    for (const outcome of outcomes) expect(outcome.callbacks.length > 0).toBe(outcome.answer.kept);
  });
});
