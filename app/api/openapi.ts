/** The OpenAPI 3.1 document, made from the declared routes by zod's own JSON Schema, so that it cannot drift from what is validated. */
import { z } from 'zod';
import { SCOPES } from '#engine/commands/scopes.ts';
import type { Route } from '#app/api/define-route.ts';
import { statusOf, titleOf, type ErrorCode } from '#app/api/error-codes.ts';
import { API_BASE } from '#app/api/match-route.ts';
import { ProblemDocument } from '#app/api/problem.ts';

export type JsonSchema = { [key: string]: unknown };
export type Operation = {
  operationId: string; tags: string[]; summary: string; description?: string; security: { apiKey: string[] }[]; parameters: Parameter[];
  requestBody?: { required: true; content: Record<string, { schema: JsonSchema; example?: unknown }> };
  responses: Record<string, { description: string; content: Record<string, { schema: JsonSchema }> }>;
};
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; description?: string; schema: JsonSchema };
export type OpenApi = {
  openapi: '3.1.0'; info: { title: string; version: string; description: string }; servers: { url: string }[]; tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: JsonSchema; schemas: Record<string, JsonSchema> };
};

/** What any route can answer. */
const ALWAYS: readonly ErrorCode[] = ['request.invalid', 'key.missing', 'key.unknown', 'scope.missing', 'rate.limited', 'internal', 'unavailable'];

const JsonObject = z.record(z.string(), z.unknown());

/** The JSON Schema of a declared schema; its named parts go to `schemas`. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, JsonSchema>): JsonSchema {
  const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' })).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $schema: _, $defs, ...own } = JsonObject.parse(JSON.parse(text));
  for (const [name, part] of Object.entries(JsonObject.parse($defs ?? {}))) schemas[name] = JsonObject.parse(part);
  return own;
}

function parametersOf(route: Route, schemas: Record<string, JsonSchema>): Parameter[] {
  return (['path', 'query'] as const).flatMap((place) => {
    const schema = place === 'path' ? route.params : route.query;
    if (!schema) return [];
    const object = schemaOf(schema, 'input', schemas);
    const required = z.array(z.string()).parse(object['required'] ?? []);
    return Object.entries(JsonObject.parse(object['properties'] ?? {})).map(([name, part]): Parameter => {
      const { description, ...rest } = JsonObject.parse(part);
      return { name, in: place, required: place === 'path' || required.includes(name), ...(typeof description === 'string' ? { description } : {}), schema: rest };
    });
  });
}

function responsesOf(route: Route, schemas: Record<string, JsonSchema>): Operation['responses'] {
  const codes = [...route.errors, ...ALWAYS];
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  const refusals = [...byStatus].sort(([a], [b]) => a - b).map(([status, of]) => [
    String(status),
    { description: of.map((code) => `\`${code}\`: ${titleOf(code)}`).join('. '), content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
  ] as const);
  return { [String(route.status ?? 200)]: { description: 'Done', content: { [route.produces ?? 'application/json']: { schema: schemaOf(route.response, 'output', schemas) } } }, ...Object.fromEntries(refusals) };
}

const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 },
  description: 'The same key with the same request gives the same answer and does nothing twice; with another request it is refused. Remembered for thirty days.',
};

/** A route's operation id: its method and path, camel-cased. */
const operationId = (route: Route): string =>
  [route.method.toLowerCase(), ...route.path.split(/[/{}-]+/).filter(Boolean)].map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('');

/** The document of these routes, served from `publicUrl`. */
export function buildOpenApi(routes: readonly Route[], publicUrl: string): OpenApi {
  const schemas: Record<string, JsonSchema> = {};
  const paths: OpenApi['paths'] = {};
  const problem = schemaOf(z.object({ problem: ProblemDocument }), 'output', schemas);
  if (!schemas['Problem']) schemas['Problem'] = JsonObject.parse(JsonObject.parse(problem['properties'])['problem']);
  for (const route of routes) {
    const operation: Operation = {
      operationId: operationId(route), tags: [route.noun], summary: route.summary,
      ...(route.description === undefined ? {} : { description: route.description }),
      security: [{ apiKey: [route.scope] }, ...(route.orScope ? [{ apiKey: [route.orScope] }] : [])],
      parameters: [...parametersOf(route, schemas), ...(route.takesIdempotencyKey ? [IDEMPOTENCY_KEY] : [])],
      ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input', schemas), ...(route.example === undefined ? {} : { example: route.example }) } } } } : {}),
      ...(route.consumes ? { requestBody: { required: true, content: { [route.consumes]: { schema: { type: 'string', format: 'binary' } } } } } : {}),
      responses: responsesOf(route, schemas),
    };
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parcours', version: '1',
      description: `Ids carry a prefix (\`cus_…\`), instants are ISO 8601 in the workspace's time, amounts are minor units. Errors are problem details (RFC 9457) with a stable code. Scopes: ${Object.entries(SCOPES).map(([name, what]) => `\`${name}\` (${what})`).join(', ')}.`,
    },
    servers: [{ url: `${publicUrl}${API_BASE}` }],
    tags: [...new Set(routes.map((route) => route.noun))].map((name) => ({ name })),
    paths,
    components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: prc_…' } }, schemas },
  };
}
