import { describe, expect, it } from 'vitest';
import { chooseEmailSender, choosePhoneSender, StoreEmailSender, StorePhoneSender } from './choose-sender.ts';

const brand = { from: 'Lutin <bonjour@lutin.fr>', replyTo: 'aide@lutin.fr' };
const NONE = new Set<string>();

describe('the sender of a message', () => {
  it('is the brand’s, where the store says nothing of its own', () => {
    expect(chooseEmailSender(brand, undefined, NONE)).toEqual({ from: brand.from, replyTo: brand.replyTo, store: null });
    expect(chooseEmailSender(brand, { store: 'lyon', sms: { from: '+33639980001' } }, NONE).store).toBeNull();
    expect(choosePhoneSender('LUTIN', { store: 'lyon', email: { name: 'Lyon' } }, 'sms')).toEqual({ from: 'LUTIN', store: null });
  });

  it('is the store’s, part by part, the brand’s standing in for what it leaves out', () => {
    expect(chooseEmailSender(brand, { store: 'lyon', email: { name: 'Lutin Lyon' } }, NONE)).toEqual({ from: 'Lutin Lyon <bonjour@lutin.fr>', replyTo: 'aide@lutin.fr', store: 'lyon' });
    expect(chooseEmailSender(brand, { store: 'lyon', email: { replyTo: 'lyon@lutin.fr' } }, NONE)).toEqual({ from: brand.from, replyTo: 'lyon@lutin.fr', store: 'lyon' });
    expect(chooseEmailSender({ from: 'bonjour@lutin.fr' }, { store: 'lyon', email: { address: 'lyon@lutin.fr' } }, NONE)).toEqual({ from: 'lyon@lutin.fr', replyTo: null, store: 'lyon' });
    expect(choosePhoneSender('LUTIN', { store: 'lyon', sms: { from: 'LUTINLYON' } }, 'sms')).toEqual({ from: 'LUTINLYON', store: 'lyon' });
  });

  it('never is an address of a domain that nobody has verified', () => {
    const lyon = { store: 'lyon', email: { name: 'Lyon', address: 'a@lyon.example' } };
    expect(chooseEmailSender(brand, lyon, NONE).from).toBe('Lyon <bonjour@lutin.fr>');
    expect(chooseEmailSender(brand, lyon, new Set(['lyon.example'])).from).toBe('Lyon <a@lyon.example>');
    expect(chooseEmailSender(brand, lyon, null).from).toBe('Lyon <a@lyon.example>');
  });

  it.each(['Lyon, Lutin', 'Lyon <x@y.fr>', 'Lyon\nBcc: x@y.fr', 'a@b', '"'])('has no name such as %j', (name) => {
    expect(StoreEmailSender.safeParse({ name }).success).toBe(false);
  });

  it.each(['+33639980001', 'LUTIN Lyon', `MG${'0'.repeat(32)}`])('may be %s for an SMS', (from) => {
    expect(StorePhoneSender.safeParse({ from }).success).toBe(true);
  });

  it.each(['0639980001', '12345', 'a name that is too long', 'Lu-tin', ''])('is not %s for an SMS', (from) => {
    expect(StorePhoneSender.safeParse({ from }).success).toBe(false);
  });
});
