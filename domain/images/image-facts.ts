/** What the image library takes, keeps and answers, as far as it is a rule: sizes, limits, kinds by their first bytes, and addresses. Without schemas, since pages load it. */
/** A phone's photo is 3 to 6 MB. */
export const MOST_IMAGE_BYTES = 10_000_000;
/** All frames of an animation counted: 50 megapixels are 200 MB while they are looked at. */
export const MOST_IMAGE_PIXELS = 50_000_000;
/** An animation as heavy as this is not loaded by the reader of a mail. */
export const MOST_ANIMATION_BYTES = 2_000_000;

/** What is kept of a picture, by its width at most: a mail is 600 wide, twice that on a sharp screen. A smaller picture is never enlarged. */
export const IMAGE_SIZES = { large: 1_200, medium: 600, small: 240 } as const;
export type ImageSize = keyof typeof IMAGE_SIZES;

export const IMAGE_FORMATS = ['jpeg', 'png', 'gif'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];
const ENDINGS: Record<ImageFormat, string> = { jpeg: 'jpg', png: 'png', gif: 'gif' };

/** Where a file is served, without the site: so that pictures of old templates follow the site to another address. */
export const imagePath = (hash: string, format: ImageFormat): string => `/i/${hash}.${ENDINGS[format]}`;

const PATH = /^\/i\/([0-9a-f]{40})\.(jpg|png|gif)$/;
export const isImagePath = (text: string): boolean => PATH.test(text);
/** The hash that a path of ours names, or null. */
export const hashOfPath = (text: string): string | null => PATH.exec(text)?.[1] ?? null;

/** Whether a text may name a picture: one of the library, or one anywhere on the web. */
export const isPictureUrl = (text: string): boolean => isImagePath(text) || /^https?:\/\/[^\s"<>]+$/.test(text);

/** Names of ours within a mail become addresses of the site: in an attribute, in a style, or alone. */
export const withSite = (text: string, site: string): string => text.replace(/(^|["'(=\s,])(\/i\/[0-9a-f]{40}\.(?:jpg|png|gif))/g, (_, before: string, path: string) => `${before}${site}${path}`);
/** The other way round, for a page of the site that shows what a mail shows. */
export const withoutSite = (text: string): string => text.replace(/(["'(=\s,])https?:\/\/[^/"'\s()]+(\/i\/[0-9a-f]{40}\.(?:jpg|png|gif))/g, '$1$2');

/** The hashes that a content names anywhere, each once, sorted. */
export function imageHashesIn(content: unknown): string[] {
  const found = JSON.stringify(content ?? null).matchAll(/\/i\/([0-9a-f]{40})\.(?:jpg|png|gif)/g);
  return [...new Set([...found].map(([, hash = '']) => hash))].sort();
}

export type ImageKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'svg' | 'other';

const begins = (bytes: Uint8Array, signs: readonly number[], at = 0): boolean => signs.every((sign, index) => bytes[at + index] === sign);
const LOOKED_AT = 1_024;

/** What a file is by its first bytes, whatever its name says. */
export function kindOfImage(bytes: Uint8Array): ImageKind {
  if (begins(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (begins(bytes, [0x47, 0x49, 0x46, 0x38])) return 'gif';
  if (begins(bytes, [0x52, 0x49, 0x46, 0x46]) && begins(bytes, [0x57, 0x45, 0x42, 0x50], 8)) return 'webp';
  const text = Array.from(bytes.subarray(0, LOOKED_AT), (byte) => String.fromCharCode(byte)).join('');
  return /<svg[\s>]/i.test(text) ? 'svg' : 'other';
}
