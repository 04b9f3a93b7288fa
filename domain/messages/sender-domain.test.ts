import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainOfSender } from './domain-of-sender.ts';
import { DOMAIN_STATES, DomainName, domainState, nextCheckSeconds } from './sender-domain.ts';
import { simulatedDomain } from './simulated-domain.ts';

describe('a domain', () => {
  it.each([['Lutin <Bonjour@News.Lutin.fr>', 'news.lutin.fr'], ['a@lutin.fr', 'lutin.fr'], ['Lutin', null], ['Lutin <a@lutin.fr> ', 'lutin.fr']])('of %s is %s', (sender, domain) => {
    expect(domainOfSender(sender)).toBe(domain);
  });

  it.each(['lutin', 'http://lutin.fr', 'a@lutin.fr', '-a.fr', 'lutin.fr.', 'lutin .fr', '1.2.3.4'])('is not %s', (text) => {
    expect(DomainName.safeParse(text).success).toBe(false);
  });

  it('is known by its vendor’s words, and waited for under any other', () => {
    expect(['verified', 'failed', 'partially_failed', 'not_started', 'pending', 'temporary_failure', 'something_new'].map(domainState)).toEqual(['verified', 'failed', 'failed', 'notStarted', 'pending', 'pending', 'pending']);
  });

  it('is asked about ever later while it is not verified, and never less than four times a day', () => {
    fc.assert(fc.property(fc.constantFrom(...DOMAIN_STATES), fc.nat(40), fc.nat(30 * 86_400), (state, checks, ageSeconds) => {
      const wait = nextCheckSeconds({ state, checks, ageSeconds });
      expect(wait).toBeGreaterThanOrEqual(15);
      expect(wait).toBeLessThanOrEqual(state === 'verified' ? 43_200 : 21_600);
      expect(nextCheckSeconds({ state, checks: checks + 1, ageSeconds })).toBeGreaterThanOrEqual(wait);
    }));
  });
});

describe('the simulated vendor', () => {
  it('finds the records a little after it was asked to look, never finds some, and loses others', () => {
    const at = (name: string, askedSecondsAgo: number | null) => simulatedDomain({ id: 'd', name }, askedSecondsAgo).status;
    expect([at('lutin.test', null), at('lutin.test', 0), at('lutin.test', 5)]).toEqual(['not_started', 'pending', 'verified']);
    expect(at('failed.lutin.test', 5)).toBe('failed');
    expect(at('pending.lutin.test', 500)).toBe('pending');
    expect([at('lost.lutin.test', 5), at('lost.lutin.test', 90)]).toEqual(['verified', 'failed']);
    expect(simulatedDomain({ id: 'd', name: 'lutin.test' }, 5).records.map(({ type }) => type)).toEqual(['MX', 'TXT', 'TXT']);
  });
});
