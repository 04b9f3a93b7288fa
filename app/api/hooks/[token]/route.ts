/** Where shops post by a connector (§11.4). The body is read as bytes: its signature is of them. */
import { LARGEST_POST_BYTES } from '#domain/connectors/connector.ts';
import { receivePost } from '#engine/connectors/receive-post.ts';
import { webEngine } from '#temporal/web-engine.ts';

export const dynamic = 'force-dynamic';

/** Null when there is more of it than is taken. */
async function readBytes({ headers, body }: Request): Promise<Buffer | null> {
  if (Number(headers.get('content-length') ?? 0) > LARGEST_POST_BYTES) return null;
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > LARGEST_POST_BYTES) return null;
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}

export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const body = await readBytes(request);
  if (body === null) return Response.json({ title: `A post has at most ${LARGEST_POST_BYTES} bytes.` }, { status: 413 });
  const answer = await receivePost(webEngine(), (await params).token, { headers: Object.fromEntries(request.headers), body });
  return Response.json(answer.body, { status: answer.status, headers: { 'cache-control': 'no-store', ...(answer.status === 429 && { 'retry-after': '3600' }) } });
}
