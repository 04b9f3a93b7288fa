/** A small value that fits a JSON Schema, for examples of documentation: required properties, first choices, shortest lists. */
import { z } from 'zod';
import type { JsonSchema } from '#app/api/openapi.ts';

const JsonObject = z.record(z.string(), z.unknown());
const Objects = z.array(JsonObject);
const DEEPEST = 8;

/** `schemas` are the parts that references name. It stops at eight levels. */
export function exampleOf(schema: JsonSchema, schemas: Record<string, JsonSchema>, depth = 0): unknown {
  const { $ref: reference, example, const: constant, default: usual, enum: choices, type } = schema;
  if (example !== undefined) return example;
  if (constant !== undefined) return constant;
  if (Array.isArray(choices)) return choices[0];
  if (usual !== undefined) return usual;
  if (depth > DEEPEST) return null;
  if (typeof reference === 'string') return exampleOf(schemas[reference.split('/').at(-1) ?? ''] ?? {}, schemas, depth + 1);
  const alternatives = Objects.safeParse(schema['oneOf'] ?? schema['anyOf']);
  if (alternatives.success) return exampleOf(alternatives.data[0] ?? {}, schemas, depth + 1);
  const parts = Objects.safeParse(schema['allOf']);
  if (parts.success) return Object.assign({}, ...parts.data.map((part) => exampleOf(part, schemas, depth + 1)));
  if (type === 'object') return objectExample(schema, schemas, depth);
  if (type === 'array') return Number(schema['minItems'] ?? 0) > 0 ? [exampleOf(JsonObject.catch({}).parse(schema['items']), schemas, depth + 1)] : [];
  if (type === 'integer' || type === 'number') return Math.max(1, Number(schema['minimum'] ?? schema['exclusiveMinimum'] ?? 1));
  if (type === 'boolean') return true;
  return type === 'string' ? 'text' : {};
}

function objectExample(schema: JsonSchema, schemas: Record<string, JsonSchema>, depth: number): Record<string, unknown> {
  const properties = JsonObject.catch({}).parse(schema['properties']);
  const required = z.array(z.string()).catch([]).parse(schema['required']);
  return Object.fromEntries(Object.entries(properties).filter(([name]) => required.includes(name)).map(([name, part]) => [name, exampleOf(JsonObject.parse(part), schemas, depth + 1)]));
}
