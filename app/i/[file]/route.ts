/** A picture of the library, for whoever opens a mail: by its hash, so that it never changes and every cache may keep it. */
import { readImageFile } from '#db/queries/images.ts';
import { hashOfPath, type ImageFormat } from '#domain/images/image-facts.ts';
import { webEngine } from '#temporal/web-engine.ts';

export const dynamic = 'force-dynamic';

const TYPES: Record<ImageFormat, string> = { jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif' };
const FOR_EVER = 'public, max-age=31536000, immutable';
/** It is only ever a picture, also for a browser that thinks otherwise; mails of other sites show it. */
const HELD = { 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'cross-origin', 'x-robots-tag': 'noindex' };

/** What was asked for last, so that a campaign's rush is one read of the database. */
const MOST_KEPT_BYTES = 32_000_000;
const kept = new Map<string, { format: ImageFormat; bytes: Buffer }>();
let keptBytes = 0;

function keep(hash: string, file: { format: ImageFormat; bytes: Buffer }): void {
  kept.set(hash, file);
  keptBytes += file.bytes.byteLength;
  for (const [oldest, { bytes }] of kept) {
    if (keptBytes <= MOST_KEPT_BYTES) break;
    kept.delete(oldest);
    keptBytes -= bytes.byteLength;
  }
}

export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const hash = hashOfPath(`/i/${(await params).file}`);
  if (hash === null) return new Response(null, { status: 404, headers: HELD });
  const etag = `"${hash}"`;
  if ((request.headers.get('if-none-match') ?? '').includes(etag)) return new Response(null, { status: 304, headers: { ...HELD, etag, 'cache-control': FOR_EVER } });
  const known = kept.get(hash);
  const file = known ?? (await readImageFile(webEngine().database, hash));
  if (!file) return new Response(null, { status: 404, headers: { ...HELD, 'cache-control': 'no-store' } });
  if (!known) keep(hash, file);
  return new Response(new Uint8Array(file.bytes), { headers: { ...HELD, etag, 'cache-control': FOR_EVER, 'content-type': TYPES[file.format], 'content-length': String(file.bytes.byteLength) } });
}
