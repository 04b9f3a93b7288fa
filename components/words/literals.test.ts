import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const sources = ['components', 'app'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tsx') && !path.includes('.test.')).map((path) => `${folder}/${path}`));

/** Attributes and properties that a person reads or hears. */
const SAID = new Set(['label', 'title', 'placeholder', 'description', 'alt', 'error', 'aria-label', 'aria-description', 'aria-roledescription', 'nothingFoundMessage', 'header', 'message', 'lede', 'help']);
/** The same in every language: formats, keys of a keyboard, examples of what is typed by machines. */
const IN_EVERY_LANGUAGE = /^(HX…|HTML|MJML|SVG|PNG|JSON|CSV|SMS|Ctrl K|Alt|\(?prc_|curl|Parcours|en|px|kB|%)$/;
const isWords = (text: string): boolean => /\p{L}/u.test(text) && !IN_EVERY_LANGUAGE.test(text.trim()) && !/^https?:\/\//.test(text);

function literalsIn(path: string, text = readFileSync(join(root, path), 'utf8')): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (node: ts.Node, words: string): void => {
    if (isWords(words)) found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${words.trim()}`);
  };
  /** A text, or one of the two of a choice. */
  const noteValue = (value: ts.Expression | undefined): void => {
    if (!value) return;
    if (ts.isStringLiteralLike(value)) note(value, value.text);
    if (ts.isConditionalExpression(value)) for (const branch of [value.whenTrue, value.whenFalse]) noteValue(branch);
    if (ts.isTemplateExpression(value)) for (const part of [value.head, ...value.templateSpans.map(({ literal }) => literal)]) note(value, part.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) noteValue(node.expression);
    if (ts.isJsxAttribute(node) && SAID.has(node.name.getText())) {
      const value = node.initializer;
      if (value && ts.isStringLiteral(value)) note(value, value.text);
      if (value && ts.isJsxExpression(value)) noteValue(value.expression);
    }
    if (ts.isPropertyAssignment(node) && SAID.has(node.name.getText().replaceAll("'", ''))) noteValue(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

it('stand in no component: whatever a person reads comes from the words of their language', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap((path) => literalsIn(path))).toEqual([]);
});

it('are found where they are, in texts, attributes, properties and choices', () => {
  const text = 'const x = <p aria-label="Read me" className="wide">Hello {on ? \'yes indeed\' : t(\'no\')} <Button title={`Go ${there}`} /></p>; show({ message: \'Saved\', color: \'live\' });';
  expect(literalsIn('x.tsx', text)).toEqual(['x.tsx:1: Read me', 'x.tsx:1: Hello', 'x.tsx:1: yes indeed', 'x.tsx:1: Go', 'x.tsx:1: Saved']);
});
