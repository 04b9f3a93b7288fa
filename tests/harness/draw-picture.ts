/** A picture of one colour, for tests that need a file. */
import sharp from 'sharp';

export const drawPicture = (background: string, width: number, height: number): Promise<Buffer> => sharp({ create: { width, height, channels: 3, background } }).png().toBuffer();
