import { expect, it } from 'vitest';
import { bytesOf, checkEmail } from '#domain/messages/check-email.ts';

const OWN = 'https://p.test/u/1';
const footer = `<a href="${OWN}">Choose</a>`;
const codes = (html: string, subject = 'Hello'): string[] => checkEmail({ subject, html: html + footer }, OWN).map(({ what }) => what);

it.each([
  ['<a href="https://shop.test/a?b=1&amp;c=2">x</a><a href="mailto:a@b.test">y</a><a href="tel:+33">z</a>', []],
  ['<a href="http://shop.test/">x</a>', ['linkPlain']],
  ['<a href="https://localhost:3000/">x</a><a href="http://192.168.1.4/">x</a><a href="https://intranet/">x</a>', ['linkLocal', 'linkLocal', 'linkLocal']],
  ['<a href="shop">x</a><a>y</a>', ['linkBroken', 'linkBroken']],
  ['<img src="https://cdn.test/a.png" alt="">', []],
  ['<img src="http://cdn.test/a.png">', ['pictureSilent', 'picturePlain']],
  [`<p>${'é'.repeat(60_000)}</p>`, ['tooLarge']],
])('finds in %.60s… %j', (html, found) => expect(codes(html)).toEqual(found));

it('asks for the way to choose what one receives (§6.5), and for a subject that a phone shows', () => {
  expect(checkEmail({ subject: 'x'.repeat(71), html: '<p>Hi</p>' }, OWN)).toEqual([{ what: 'noPreferences', figures: {} }, { what: 'subjectLong', figures: { length: 71, most: 70 } }]);
});

it('says each thing once', () => expect(codes('<a href="http://a.test/">x</a><a href="http://a.test/">y</a>')).toEqual(['linkPlain']));

it('counts bytes as they travel', () => expect(bytesOf('aé€😀')).toBe(10));
