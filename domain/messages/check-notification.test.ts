import { expect, it } from 'vitest';
import { checkNotification } from '#domain/messages/check-notification.ts';

const sound = { title: 'Vos points vous attendent', text: 'Il vous en manque 12 pour votre cadeau.', url: 'https://lutin.example/points', icon: 'https://lutin.example/icon.png' };
const found = (change: Partial<typeof sound>): string[] => checkNotification({ ...sound, ...change }).map(({ what }) => what);

it('finds nothing in a short notification that leads somewhere', () => {
  expect(checkNotification(sound)).toEqual([]);
  expect(found({ icon: '' })).toEqual([]);
});

it('names what phones cut off, by what a reader sees as one character', () => {
  expect(checkNotification({ ...sound, title: 'é'.repeat(41) })).toEqual([{ what: 'titleLong', figures: { length: 41, most: 40 } }]);
  expect(found({ title: '🎁'.repeat(40) })).toEqual([]);
  expect(found({ text: 'a'.repeat(121) })).toEqual(['textLong']);
});

it('names an address that leads nowhere and a picture that would be left out', () => {
  expect(found({ url: '' })).toEqual(['leadsNowhere']);
  expect(found({ url: 'lutin.example' })).toEqual(['linkBroken']);
  expect(found({ url: 'javascript:alert(1)' })).toEqual(['linkBroken']);
  expect(found({ url: 'http://localhost:3000/x' })).toEqual(['linkLocal']);
  expect(found({ url: 'http://lutin.example/' })).toEqual(['linkPlain']);
  expect(found({ icon: 'http://lutin.example/icon.png' })).toEqual(['iconLeftOut']);
  expect(found({ icon: 'icon.png' })).toEqual(['iconLeftOut']);
});
