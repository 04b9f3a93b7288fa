/**
 * Renders the Helm chart without Helm: the part of Go's templates that our chart uses, and nothing more. What it does not know it refuses, so that the chart stays
 * within it. That Helm itself renders the same was seen with Helm 3.19 (docs/guides/operator.md).
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

type Scope = { dot: unknown; variables: Map<string, unknown> };
type Node = string | { kind: 'value'; pipeline: string } | { kind: 'block'; word: 'if' | 'range'; head: string; body: Node[] } | { kind: 'define'; name: string; body: Node[] };

const ACTION = /(\s*)\{\{(-?)\s*(.*?)\s*(-?)\}\}(\s*)/gs;

/** Texts and actions; a hyphen eats the blanks on its side. */
function parse(text: string): Node[] {
  const root: Node[] = [];
  const open: Node[][] = [root];
  const add = (node: Node): void => void open.at(-1)?.push(node);
  let end = 0;
  ACTION.lastIndex = 0;
  for (const match of text.matchAll(ACTION)) {
    const [whole, before = '', trimsLeft, action = '', trimsRight, after = ''] = match;
    // Blanks between two actions belong to the first.
    add(text.slice(end, match.index) + (trimsLeft ? '' : before));
    end = match.index + whole.length - (trimsRight ? 0 : after.length);
    const [word = '', ...rest] = action.split(' ');
    if (word === 'end') open.pop();
    else if (word === 'if' || word === 'range' || word === 'define') {
      const body: Node[] = [];
      add(word === 'define' ? { kind: 'define', name: JSON.parse(rest.join(' ')), body } : { kind: 'block', word, head: rest.join(' '), body });
      open.push(body);
    } else add({ kind: 'value', pipeline: action });
  }
  add(text.slice(end));
  if (open.length !== 1) throw new Error('a block is not ended');
  return root;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTrue = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : isRecord(value) ? Object.keys(value).length > 0 : Boolean(value));
const textOf = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');
const sortKeys = (value: unknown): unknown => (isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sortKeys(inner)])) : Array.isArray(value) ? value.map(sortKeys) : value);

export class Chart {
  readonly #defined = new Map<string, Node[]>();
  readonly #files: { name: string; nodes: Node[] }[] = [];

  constructor(folder: string) {
    for (const name of readdirSync(join(folder, 'templates')).sort()) {
      const nodes = parse(readFileSync(join(folder, 'templates', name), 'utf8'));
      for (const node of nodes) if (typeof node !== 'string' && node.kind === 'define') this.#defined.set(node.name, node.body);
      if (name.endsWith('.yaml')) this.#files.push({ name, nodes });
    }
  }

  /** Each template's text. `dot` is what Helm hands in: Values, Release, Chart. */
  render(dot: unknown): { name: string; text: string }[] {
    return this.#files.map(({ name, nodes }) => ({ name, text: this.#write(nodes, { dot, variables: new Map([['$', dot]]) }) }));
  }

  #write(nodes: Node[], scope: Scope): string {
    return nodes.map((node) => {
      if (typeof node === 'string') return node;
      if (node.kind === 'define') return '';
      if (node.kind === 'value') return textOf(this.#pipe(node.pipeline, scope));
      if (node.word === 'if') return isTrue(this.#pipe(node.head, scope)) ? this.#write(node.body, scope) : '';
      return this.#range(node.head, node.body, scope);
    }).join('');
  }

  #range(head: string, body: Node[], scope: Scope): string {
    const [, first = '', second, of = ''] = /^(\$\w+)(?:, (\$\w+))? := (.*)$/.exec(head) ?? [];
    if (first === '') throw new Error(`range ${head} is not known to this renderer`);
    const over = this.#pipe(of, scope);
    const entries: [unknown, unknown][] = isRecord(over) ? Object.entries(over).sort(([a], [b]) => (a < b ? -1 : 1)) : Array.isArray(over) ? [...over.entries()] : [];
    return entries.map(([key, value]) => this.#write(body, { dot: value, variables: new Map([...scope.variables, ...(second === undefined ? [[first, value] as const] : [[first, key] as const, [second, value] as const])]) })).join('');
  }

  #pipe(pipeline: string, scope: Scope): unknown {
    return pipeline.split(' | ').reduce<{ value: unknown } | null>((fed, call) => ({ value: this.#call(call, scope, fed) }), null)?.value;
  }

  #call(call: string, scope: Scope, fed: { value: unknown } | null): unknown {
    const words = call.match(/\([^()]*\)\.[\w.]+|"[^"]*"|\S+/g) ?? [];
    const [name = '', ...rest] = words;
    const values = [...rest.map((word) => this.#value(word, scope)), ...(fed ? [fed.value] : [])];
    const [one, two] = values;
    switch (name) {
      case 'include': return this.#write(this.#defined.get(textOf(one)) ?? this.#unknown(`the template ${textOf(one)}`), { dot: two, variables: new Map([['$', two]]) });
      case 'toYaml': return stringify(sortKeys(one), { lineWidth: 0 }).trimEnd();
      case 'nindent': return `\n${textOf(two).split('\n').map((line) => ' '.repeat(Number(one)) + line).join('\n')}`;
      case 'quote': return JSON.stringify(textOf(one));
      case 'sha256sum': return createHash('sha256').update(textOf(one)).digest('hex');
      case 'not': return !isTrue(one);
      case 'list': return values;
      case 'index': return isRecord(one) ? one[textOf(two)] : undefined;
      default: return rest.length === 0 && !fed ? this.#value(name, scope) : this.#unknown(call);
    }
  }

  #value(word: string, scope: Scope): unknown {
    if (/^".*"$/.test(word)) return JSON.parse(word);
    if (/^\d+$/.test(word)) return Number(word);
    const inner = /^\((.*)\)\.([\w.]+)$/.exec(word);
    if (inner) return this.#path(this.#call(inner[1] ?? '', scope, null), inner[2] ?? '');
    const variable = /^(\$\w*)(?:\.([\w.]+))?$/.exec(word);
    if (variable) return this.#path(scope.variables.get(variable[1] ?? ''), variable[2] ?? '');
    if (/^\.[\w.]*$/.test(word)) return this.#path(scope.dot, word.slice(1));
    return this.#unknown(word);
  }

  #path(from: unknown, path: string): unknown {
    return path.split('.').filter(Boolean).reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), from);
  }

  #unknown(what: string): never {
    throw new Error(`${what} is not known to this renderer: keep the chart within what it knows, or teach it`);
  }
}
