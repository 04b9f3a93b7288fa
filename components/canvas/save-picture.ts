'use client';
/** Makes files and paper of a picture: a download, a PNG, a page that fits. */
import type { Picture } from './draw-picture.ts';

export function saveFile(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** What a browser's canvas can hold: beyond it, the picture is drawn smaller. */
const MOST_PIXELS = 8_000;

async function imageOf({ svg }: Picture): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
}

/** Twice the size on screen, so that it is sharp on paper. */
export async function toPng(picture: Picture): Promise<Blob> {
  const scale = Math.min(2, MOST_PIXELS / picture.width, MOST_PIXELS / picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(await imageOf(picture), 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))), 'image/png'));
}

/** Prints the picture alone, on one page, across or upright as it fits better. */
export function printPicture(picture: Picture): void {
  const sheet = document.createElement('div');
  sheet.dataset['print'] = picture.width > picture.height ? 'across' : 'upright';
  sheet.innerHTML = picture.svg;
  document.body.append(sheet);
  window.addEventListener('afterprint', () => sheet.remove(), { once: true });
  window.print();
}
