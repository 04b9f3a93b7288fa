/**
 * The worker thread in which Liquid runs. It is plain JavaScript, so that the same file runs under tsx, vitest and a built Next server
 * without a loader (engine/render-message.ts says how it is found). It knows no database and no network, reads no file, and may be ended at any time.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Liquid } from 'liquidjs';

const { parseLimit, renderLimitMs, memoryLimit, outputLimit } = workerData;
const MAXIMUM_CACHED = 1_000;

// A link that has to become a signed one travels between these two marks of the private use area; data may not contain them.
const MARKS = /[\uE000\uE001]/g;
const withoutMarks = (value) => (typeof value === 'string' ? value.replace(MARKS, '') : value);

const engines = new Map();
const parsed = new Map();

/** One engine per way of escaping and language: month names follow the reader's language, dates keep the offset they are written with. */
function engineOf(escape, language) {
  const key = `${escape} ${language}`;
  const known = engines.get(key);
  if (known) return known;
  const engine = new Liquid({
    parseLimit, memoryLimit, renderLimit: renderLimitMs,
    strictVariables: true, strictFilters: true, ownPropertyOnly: true, lenientIf: true,
    templates: {}, relativeReference: false, preserveTimezones: true, locale: language,
    outputEscape: escape === 'html' ? 'escape' : withoutMarks,
  });
  engine.registerFilter('short_link', { raw: true, handler: (url) => `\uE000${withoutMarks(String(url))}\uE001` });
  if (engines.size >= 50) engines.clear();
  engines.set(key, engine);
  return engine;
}

function templateOf(engine, cacheKey, source) {
  const known = parsed.get(cacheKey);
  if (known) return known;
  const template = engine.parse(source);
  if (parsed.size >= MAXIMUM_CACHED) parsed.clear();
  parsed.set(cacheKey, template);
  return template;
}

function render({ parts, language, variables }) {
  const rendered = {};
  for (const [name, { source, hash, escape }] of Object.entries(parts)) {
    const engine = engineOf(escape, language);
    const text = engine.renderSync(templateOf(engine, `${hash} ${escape} ${language}`, source), variables);
    if (text.length > outputLimit) throw new Error(`${name} is longer than ${outputLimit} characters`);
    rendered[name] = text;
  }
  return rendered;
}

/** The variables that each part reads, as paths; a part that does not parse is a problem with its line. */
function inspect({ parts }) {
  const answer = {};
  for (const [name, { source, escape }] of Object.entries(parts)) {
    try {
      const engine = engineOf(escape, 'en');
      answer[name] = { ok: true, variables: engine.globalVariableSegmentsSync(engine.parse(source)).map((path) => path.map(String)) };
    } catch (error) {
      answer[name] = { ok: false, message: String(error.message) };
    }
  }
  return answer;
}

parentPort.on('message', ({ id, kind, job }) => {
  try {
    parentPort.postMessage({ id, ok: true, value: kind === 'render' ? render(job) : inspect(job) });
  } catch (error) {
    const limit = /(render|memory alloc|parse) (?:limit|length limit)/.exec(String(error.message))?.[1];
    const code = limit === 'render' ? 'template.timeLimit' : limit ? 'template.memoryLimit' : 'template.failed';
    parentPort.postMessage({ id, ok: false, code, message: String(error.message).slice(0, 300) });
  }
});
