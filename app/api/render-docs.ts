/** Renders an OpenAPI document as one readable page: every route with its parameters, schemas and a curl example, then the schemas and the errors. */
import { ERROR_CODES, statusOf, titleOf } from '#app/api/error-codes.ts';
import type { JsonSchema, OpenApi, Operation, Parameter } from '#app/api/openapi.ts';
import { exampleOf } from '#app/api/schema-example.ts';

const STYLE = `
:root{color-scheme:light dark;--ground:#FAF9F6;--surface:#fff;--line:#E4E1DA;--text:#1B1D22;--quiet:#5C606B;--ink:#1F3A5F}
@media(prefers-color-scheme:dark){:root{--ground:#14161A;--surface:#1B1E24;--line:#2C3038;--text:#E8E6E1;--quiet:#A2A6B0;--ink:#9DBCE3}}
body{margin:0;background:var(--ground);color:var(--text);font:14px/1.5 system-ui,sans-serif}main{max-width:960px;margin:0 auto;padding:24px 16px}
a{color:var(--ink)}h1{font-size:24px}h2{margin-top:40px;font-size:18px}h3{margin:0;font-size:14px;font-family:ui-monospace,monospace;overflow-wrap:anywhere}
article{background:var(--surface);border:1px solid var(--line);border-radius:6px;margin:12px 0;padding:12px 16px}.quiet{color:var(--quiet)}
pre,code{font-family:ui-monospace,monospace;font-size:13px}pre{overflow-x:auto;background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:8px 12px;max-height:480px}
table{border-collapse:collapse;width:100%}td,th{border-top:1px solid var(--line);padding:4px 8px 4px 0;text-align:left;vertical-align:top}.scroll{overflow-x:auto}
summary{cursor:pointer;color:var(--ink)}nav ul{columns:2 280px;padding-left:18px}`;

const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? character);
/** Text with `code` in back quotes. */
const prose = (text: string): string => escape(text).replace(/`([^`]+)`/g, '<code>$1</code>');
const json = (value: unknown): string => escape(JSON.stringify(value, null, 2));
const linked = (text: string): string => text.replace(/#\/components\/schemas\/(\w+)/g, '<a href="#schema-$1">#/components/schemas/$1</a>');
const fold = (title: string, value: unknown): string => `<details><summary>${title}</summary><pre tabindex="0">${linked(json(value))}</pre></details>`;

function curl(document: OpenApi, path: string, method: string, operation: Operation): string {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = operation.parameters.find((candidate) => candidate.name === name);
    return String(exampleOf(parameter?.schema ?? {}, document.components.schemas));
  });
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const body = content && type !== 'application/json' ? ` \\\n  -H 'Content-Type: ${type}' \\\n  --data-binary @file.csv` : content ? ` \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(content.example ?? exampleOf(content.schema, document.components.schemas)).replaceAll("'", "'\\''")}'` : '';
  return `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${document.servers[0]?.url ?? ''}${address}' \\\n  -H 'Authorization: Bearer prc_…'${body}`;
}

const typeOf = (schema: JsonSchema): string => [schema['type'], schema['enum'] ? JSON.stringify(schema['enum']) : '', schema['default'] === undefined ? '' : `default ${JSON.stringify(schema['default'])}`].filter(Boolean).join(', ');
const parameterRow = ({ name, in: place, required, description, schema }: Parameter): string =>
  `<tr><td><code>${escape(name)}</code></td><td>${place}${required ? ', required' : ''}</td><td>${escape(typeOf(schema))}</td><td>${prose(description ?? '')}</td></tr>`;

function operationArticle(document: OpenApi, path: string, method: string, operation: Operation): string {
  const { summary, description, parameters, requestBody, responses, security, operationId } = operation;
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const done = Object.entries(responses).find(([status]) => status.startsWith('2'));
  const refusals = Object.entries(responses).filter(([status]) => !status.startsWith('2'));
  return `<article id="${operationId}"><h3>${method.toUpperCase()} ${escape(path)}</h3><p><strong>${prose(summary)}</strong> <span class="quiet">scope <code>${security[0]?.apiKey.join(', ') ?? ''}</code></span></p>
${description ? `<p>${prose(description)}</p>` : ''}
${parameters.length > 0 ? `<div class="scroll"><table><tbody>${parameters.map(parameterRow).join('')}</tbody></table></div>` : ''}
<pre tabindex="0">${escape(curl(document, path, method, operation))}</pre>
${content ? fold(type === 'application/json' ? 'Body' : `Body, ${type}`, content.schema) : ''}${done ? fold(`Answer ${done[0]}`, Object.values(done[1].content)[0]?.schema) : ''}
<details><summary>Refusals</summary><ul>${refusals.map(([status, response]) => `<li>${status} ${prose(response.description)}</li>`).join('')}</ul></details></article>`;
}

/** The page, complete; it needs no script and loads nothing. */
export function renderDocs(document: OpenApi): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
  const sections = document.tags.map(({ name }) => ({ name, mine: operations.filter(({ operation }) => operation.tags.includes(name)) }));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Parcours API</title><style>${STYLE}</style></head><body><main>
<h1>Parcours API</h1><p>${prose(document.info.description)}</p><p>The same as a document: <a href="/api/v1/openapi.json">openapi.json</a>. A journey's file: <a href="/api/v1/schemas/journey.json">journey.json</a>.</p>
<nav aria-label="Routes"><ul>${operations.map(({ path, method, operation }) => `<li><a href="#${operation.operationId}">${method.toUpperCase()} ${escape(path)}</a></li>`).join('')}</ul></nav>
${sections.map(({ name, mine }) => `<h2>${escape(name)}</h2>${mine.map(({ path, method, operation }) => operationArticle(document, path, method, operation)).join('')}`).join('')}
<h2>Schemas</h2>${Object.entries(document.components.schemas).map(([name, schema]) => `<article id="schema-${escape(name)}"><h3>${escape(name)}</h3>${fold('Schema', schema)}</article>`).join('')}
<h2>Errors</h2><p>Every refusal is a problem document (RFC 9457) with one of these codes; <code>errors</code> names the path of each thing that is wrong, with a code of its own.</p>
<div class="scroll"><table><tbody>${ERROR_CODES.map((code) => `<tr id="error-${code}"><td><code>${code}</code></td><td>${statusOf(code)}</td><td>${escape(titleOf(code))}</td></tr>`).join('')}</tbody></table></div>
</main></body></html>`;
}
