import { expect, it } from 'vitest';
import { hashOfPath, imageHashesIn, imagePath, kindOfImage, withoutSite, withSite } from './image-facts.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((sign) => sign.charCodeAt(0)) : part)));
const HASH = 'a'.repeat(40);

it('knows a picture by its first bytes', () => {
  expect(kindOfImage(bytes([0xff, 0xd8, 0xff, 0xe0]))).toBe('jpeg');
  expect(kindOfImage(bytes([0x89], 'PNG\r\n', [0x1a], '\n'))).toBe('png');
  expect(kindOfImage(bytes('GIF89a'))).toBe('gif');
  expect(kindOfImage(bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 '))).toBe('webp');
  expect(kindOfImage(bytes('<?xml version="1.0"?>\n<svg xmlns="x">'))).toBe('svg');
  expect(kindOfImage(bytes('%PDF-1.7'))).toBe('other');
  expect(kindOfImage(bytes())).toBe('other');
});

it('reads back the hash of an address that it writes, and of no other', () => {
  for (const format of ['jpeg', 'png', 'gif'] as const) expect(hashOfPath(imagePath(HASH, format))).toBe(HASH);
  expect(hashOfPath(`https://elsewhere.example${imagePath(HASH, 'png')}`)).toBeNull();
  expect(hashOfPath('/i/short.png')).toBeNull();
});

it('finds the pictures that a content names, each once', () => {
  const other = 'b'.repeat(40);
  expect(imageHashesIn({ blocks: [{ url: imagePath(other, 'png') }, { html: `<img src="https://site.example${imagePath(HASH, 'jpeg')}">` }, { url: imagePath(other, 'png') }] })).toEqual([HASH, other]);
  expect(imageHashesIn(undefined)).toEqual([]);
});

it('names a picture by the site that sends it, and by no site where it is written', () => {
  const path = imagePath(HASH, 'png');
  const written = `<img src="${path}"><td background='${path}' style="background:url(${path})">https://shop.example${path}`;
  const sent = withSite(written, 'https://site.example');
  expect(sent).toBe(`<img src="https://site.example${path}"><td background='https://site.example${path}' style="background:url(https://site.example${path})">https://shop.example${path}`);
  expect(withoutSite(sent)).toBe(written);
  expect(withSite(path, 'https://site.example')).toBe(`https://site.example${path}`);
});
