/** Whether this process is alive. It asks nobody else. */
export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json({ alive: true }, { headers: { 'cache-control': 'no-store' } });
}
