import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Journey } from '#domain/journeys/definition.ts';
import { ERROR_CODES, isErrorCode } from '#app/api/error-codes.ts';
import { buildOpenApi } from '#app/api/openapi.ts';
import { renderDocs } from '#app/api/render-docs.ts';
import { GET as journeySchema } from '#app/api/v1/schemas/journey.json/route.ts';
import { ALL_ROUTES } from '#app/api/v1/routes/all-routes.ts';

const document = buildOpenApi(ALL_ROUTES, 'https://parcours.example.com');
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

it('describes every route once, by an operation id of its own, and every reference leads somewhere', () => {
  expect(operations).toHaveLength(ALL_ROUTES.length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(ALL_ROUTES.length);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference ?? '');
  expect(references.filter((reference) => !(reference.replace('#/components/schemas/', '') in document.components.schemas))).toEqual([]);
  expect(JSON.stringify(document)).not.toContain('$defs');
});

it('names every parameter of a path, and only those', () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { parameters } of Object.values(methods)) expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(inPath);
  }
});

it('gives examples that the routes take', () => {
  for (const { method, path, body, example } of ALL_ROUTES) {
    if (example !== undefined) expect({ route: `${method} ${path}`, problems: body?.safeParse(example).error?.issues ?? [] }).toEqual({ route: `${method} ${path}`, problems: [] });
  }
});

it('shows every route and every code on one page that loads nothing from elsewhere', () => {
  const html = renderDocs(document);
  for (const { operationId } of operations) expect(html).toContain(`<article id="${operationId}"`);
  for (const code of ERROR_CODES) expect(html).toContain(`id="error-${code}"`);
  expect(html).not.toMatch(/<script|<link|<img|@import|src=/);
});

it('has every permanent failure of the engine in the table of codes (ARCHITECTURE 7)', () => {
  const sources = readdirSync('engine', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => readFileSync(`engine/${name}`, 'utf8'));
  const thrown = sources.flatMap((text) => [...text.matchAll(/new PermanentError\('([^']+)'/g)].map(([, code]) => code ?? ''));
  expect(thrown.length).toBeGreaterThan(10);
  expect([...new Set(thrown)].filter((code) => !isErrorCode(code))).toEqual([]);
});

it('offers the JSON Schema of a journey’s file', async () => {
  const schema: unknown = await journeySchema().json();
  expect(schema).toMatchObject({ $id: '/api/v1/schemas/journey.json', properties: { nodes: { type: 'array' }, entry: {} } });
  const example = ALL_ROUTES.find(({ method, path }) => method === 'POST' && path === '/journeys')?.example;
  expect(Journey.safeParse(example).success).toBe(true);
});
