/** The JSON Schema of a journey's file, for editors and for whoever writes one by hand. */
import { z } from 'zod';
import { Journey } from '#domain/journeys/definition.ts';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  const schema = { ...z.toJSONSchema(Journey, { io: 'input', unrepresentable: 'any' }), $id: '/api/v1/schemas/journey.json', title: 'A journey of Parcours' };
  return new Response(JSON.stringify(schema, null, 2), { headers: { 'content-type': 'application/schema+json', 'cache-control': 'no-cache' } });
}
