/**
 * From a file that somebody sends to the pictures that are served: told by its content, turned upright, without what a camera wrote into it (place, owner), and
 * drawn anew, so that nothing but pixels is left of it. WebP becomes PNG or JPEG, since Outlook shows none; an animation stays one.
 */
import { createHash } from 'node:crypto';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { IMAGE_SIZES, kindOfImage, MOST_ANIMATION_BYTES, MOST_IMAGE_BYTES, MOST_IMAGE_PIXELS, type ImageFormat, type ImageSize } from '#domain/images/image-facts.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';

export type PictureFile = { size: ImageSize; hash: string; format: ImageFormat; width: number; height: number; bytes: Buffer };
export type Picture = { hash: string; format: ImageFormat; width: number; height: number; animated: boolean; files: PictureFile[] };

const SECONDS = 20;
const QUALITY = 82;
/** A photo that somebody saved as PNG weighs many times what it does as JPEG. */
const HEAVY_PNG_BYTES = 400_000;

// What reads other kinds is switched off altogether; no file stays in memory, and a picture takes one of the machine's cores.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif'] });
sharp.cache(false);
sharp.concurrency(1);

const wrong = (code: string, message: string): Result<never> => fail({ code, message, path: ['file'] });
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 40);

/** Its pixels, all frames counted; reading them is not needed for it. */
function measure({ width, height, pageHeight, pages = 1 }: Metadata): { pixels: number; pages: number } {
  return { pixels: width * (pageHeight ?? height) * pages, pages };
}

function encode(image: Sharp, format: ImageFormat): Sharp {
  switch (format) {
    case 'jpeg': return image.flatten({ background: '#ffffff' }).jpeg({ quality: QUALITY, mozjpeg: true });
    case 'png': return image.png({ compressionLevel: 9, palette: false });
    case 'gif': return image.gif({ effort: 7, reuse: false });
  }
}

async function draw(bytes: Buffer, size: ImageSize, format: ImageFormat): Promise<PictureFile> {
  const moves = format === 'gif';
  const image = sharp(bytes, { limitInputPixels: MOST_IMAGE_PIXELS, failOn: 'warning', animated: moves }).timeout({ seconds: SECONDS }).autoOrient().toColourspace('srgb').resize({ width: IMAGE_SIZES[size], withoutEnlargement: true });
  const { data, info } = await encode(image, format).toBuffer({ resolveWithObject: true });
  return { size, hash: hashOf(data), format, width: info.width, height: info.pageHeight ?? info.height, bytes: data };
}

/** The largest file: what has no transparency and is heavy as PNG becomes a JPEG. */
async function drawLarge(bytes: Buffer, { animated, isJpeg, hasAlpha }: { animated: boolean; isJpeg: boolean; hasAlpha: boolean }): Promise<PictureFile> {
  if (animated) return draw(bytes, 'large', 'gif');
  if (isJpeg) return draw(bytes, 'large', 'jpeg');
  const png = await draw(bytes, 'large', 'png');
  return hasAlpha || png.bytes.byteLength <= HEAVY_PNG_BYTES ? png : draw(bytes, 'large', 'jpeg');
}

/** The picture in every size, or why it is none: too heavy, of another kind, too many pixels, cut off or broken. */
export async function readPicture(bytes: Buffer): Promise<Result<Picture>> {
  if (bytes.byteLength > MOST_IMAGE_BYTES) return wrong('image.tooLarge', `A picture has at most ${MOST_IMAGE_BYTES / 1_000_000} MB. Save it smaller: a mail is 600 pixels wide.`);
  if (bytes.byteLength === 0) return wrong('image.empty', 'The file is empty.');
  const kind = kindOfImage(bytes);
  if (kind === 'svg') return wrong('image.svg', 'An SVG can hold scripts, and few mail programs show it. Save it as PNG.');
  if (kind === 'other') return wrong('image.kind', 'This is no PNG, JPEG, WebP or GIF, whatever its name says.');
  try {
    const metadata = await sharp(bytes, { limitInputPixels: false, animated: kind === 'gif' || kind === 'webp' }).metadata();
    const { pixels, pages } = measure(metadata);
    if (pixels > MOST_IMAGE_PIXELS) return wrong('image.pixels', `The picture has ${Math.ceil(pixels / 1_000_000)} megapixels, ${MOST_IMAGE_PIXELS / 1_000_000} is the most.`);
    const animated = pages > 1;
    const large = await drawLarge(bytes, { animated, isJpeg: kind === 'jpeg' || (kind === 'webp' && !metadata.hasAlpha), hasAlpha: metadata.hasAlpha });
    const { format } = large;
    // A picture in a list does not move.
    const files = [large, await draw(bytes, 'medium', format), await draw(bytes, 'small', format === 'gif' ? 'png' : format)];
    if (animated && large.bytes.byteLength > MOST_ANIMATION_BYTES) return wrong('image.heavyAnimation', `The animation would weigh ${(large.bytes.byteLength / 1_000_000).toFixed(1)} MB in each mail, ${MOST_ANIMATION_BYTES / 1_000_000} MB is the most. Take fewer frames or a smaller width.`);
    return ok({ hash: large.hash, format, width: large.width, height: large.height, animated, files });
  } catch {
    return wrong('image.broken', 'The file is cut off or broken: it cannot be read to its end. Save it anew, and send it again.');
  }
}
