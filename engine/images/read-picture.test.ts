import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { MOST_IMAGE_BYTES } from '#domain/images/image-facts.ts';
import { readPicture, type Picture } from './read-picture.ts';

const plain = (width: number, height: number, background = '#b4532a') => sharp({ create: { width, height, channels: 3, background } });
const codeOf = async (bytes: Buffer): Promise<string> => {
  const read = await readPicture(bytes);
  return read.ok ? 'taken' : (read.problems[0]?.code ?? '');
};
async function taken(bytes: Buffer): Promise<Picture> {
  const read = await readPicture(bytes);
  if (!read.ok) throw new Error(read.problems[0]?.message);
  return read.value;
}
const sizes = ({ files }: Picture) => files.map(({ size, width, height, format }) => [size, width, height, format]);

/** A PNG whose head claims a size and whose pixels are few: what a bomb looks like. */
async function bomb(width: number, height: number): Promise<Buffer> {
  const png = await plain(1, 1).png().toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

describe('a picture', () => {
  it('is kept in three widths that mails need, and never enlarged', async () => {
    expect(sizes(await taken(await plain(3_000, 1_500).jpeg().toBuffer()))).toEqual([['large', 1_200, 600, 'jpeg'], ['medium', 600, 300, 'jpeg'], ['small', 240, 120, 'jpeg']]);
    expect(sizes(await taken(await plain(300, 200).png().toBuffer()))).toEqual([['large', 300, 200, 'png'], ['medium', 300, 200, 'png'], ['small', 240, 160, 'png']]);
  });

  it('loses what the camera wrote into it, and stands upright', async () => {
    const photo = await plain(400, 200).withExif({ IFD0: { Artist: 'Camille' }, IFD3: { GPSLatitude: '48/1 51/1 0/1' } }).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(photo.includes('Camille')).toBe(true);
    const { files, width, height } = await taken(photo);
    expect([width, height]).toEqual([200, 400]);
    for (const { bytes } of files) expect({ named: bytes.includes('Camille'), exif: (await sharp(bytes).metadata()).exif }).toEqual({ named: false, exif: undefined });
  });

  it('is the same picture whatever its file says about it', async () => {
    const [bare, told] = await Promise.all([plain(80, 80).png().toBuffer(), plain(80, 80).withExif({ IFD0: { Copyright: 'x' } }).png({ compressionLevel: 1 }).toBuffer()]);
    expect(bare.equals(told)).toBe(false);
    expect((await taken(told)).hash).toBe((await taken(bare)).hash);
    expect((await taken(await plain(80, 80, '#ffffff').png().toBuffer())).hash).not.toBe((await taken(bare)).hash);
  });

  it('becomes what every mail program shows when it is WebP', async () => {
    expect((await taken(await plain(40, 40).webp().toBuffer())).format).toBe('jpeg');
    expect((await taken(await sharp({ create: { width: 40, height: 40, channels: 4, background: '#0000' } }).webp().toBuffer())).format).toBe('png');
  });

  it('goes on moving when it is an animation, and stands still in a list', async () => {
    const frame = (background: string) => plain(60, 40, background).png().toBuffer();
    const animation = await sharp([await frame('#ff0000'), await frame('#00ff00'), await frame('#0000ff')], { join: { animated: true } }).gif().toBuffer();
    const picture = await taken(animation);
    expect(picture).toMatchObject({ format: 'gif', animated: true, width: 60, height: 40 });
    const [large, , small] = picture.files;
    expect((await sharp(large?.bytes, { animated: true }).metadata()).pages).toBe(3);
    expect(small).toMatchObject({ format: 'png', width: 60, height: 40 });
  });

  it('is drawn anew, so that nothing rides along behind its pixels', async () => {
    const png = await plain(20, 20).png().toBuffer();
    const polyglot = Buffer.concat([png, Buffer.from('<script>alert(1)</script>PK\u0003\u0004')]);
    const { files } = await taken(polyglot);
    for (const { bytes } of files) expect(bytes.includes('<script>')).toBe(false);
  });
});

describe('a file that is no picture for a mail', () => {
  it('is told by its content, not by its name', async () => {
    expect(await codeOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'))).toBe('image.svg');
    expect(await codeOf(Buffer.from('%PDF-1.7 …'))).toBe('image.kind');
    expect(await codeOf(Buffer.from('<!doctype html><p>'))).toBe('image.kind');
    expect(await codeOf(await plain(20, 20).tiff().toBuffer())).toBe('image.kind');
    expect(await codeOf(Buffer.alloc(0))).toBe('image.empty');
  });

  it('is refused when it is too heavy, before anything is read of it', async () => {
    expect(await codeOf(Buffer.alloc(MOST_IMAGE_BYTES + 1))).toBe('image.tooLarge');
  });

  it('is refused when it would become too many pixels, before they are unpacked', async () => {
    const begun = performance.now();
    expect(await codeOf(await bomb(60_000, 60_000))).toBe('image.pixels');
    expect(await codeOf(await bomb(10_000, 5_001))).toBe('image.pixels');
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('is refused when it is cut off or broken', async () => {
    const jpeg = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#888888', noise: { type: 'gaussian', mean: 128, sigma: 60 } } }).jpeg().toBuffer();
    expect(await codeOf(jpeg.subarray(0, Math.floor(jpeg.length / 2)))).toBe('image.broken');
    const png = await plain(100, 100).png().toBuffer();
    expect(await codeOf(png.subarray(0, png.length - 30))).toBe('image.broken');
    expect(await codeOf(Buffer.concat([png.subarray(0, 8), Buffer.from('not a chunk at all')]))).toBe('image.broken');
    expect(await codeOf(Buffer.from('GIF89a'))).toBe('image.broken');
  });
});
