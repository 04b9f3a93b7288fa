/** What the boundary test sees of a source file: its imports in every form, its code without comments and texts, its default export. */
import ts from 'typescript';

export type Import = { target: string; typesOnly: boolean; line: number };
/** `code` is all tokens but literals, separated by one space; `computedImports` are the lines of imports whose target is not a text. */
export type Source = { imports: Import[]; computedImports: number[]; code: string; exportsDefault: boolean };

const isTypeOnlyClause = (clause: ts.ImportClause | undefined): boolean => {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return !clause.name && !!named && ts.isNamedImports(named) && named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
};

const isDefaultExport = (node: ts.Node): boolean =>
  (ts.isExportAssignment(node) && !node.isExportEquals) ||
  (ts.isExportSpecifier(node) && node.name.text === 'default') ||
  (ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword));

/** The target of a dynamic `import()`, a `require()` or a `require.resolve()`; undefined for other calls, null when it is computed. */
function calledTarget(node: ts.CallExpression): string | null | undefined {
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = /^require(\.resolve)?$/.test(node.expression.getText());
  if (!isImport && !isRequire) return undefined;
  const [argument] = node.arguments;
  return argument && ts.isStringLiteralLike(argument) ? argument.text : null;
}

const known = new Map<string, { text: string; source: Source }>();

/** Reads a TypeScript or JavaScript file by its syntax tree, so that comments and texts are never taken for code. What was read once is remembered. */
export function readSource(path: string, text: string): Source {
  const before = known.get(path);
  if (before?.text === text) return before.source;
  const source = parseSource(path, text);
  known.set(path, { text, source });
  return source;
}

function parseSource(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const source: Source = { imports: [], computedImports: [], code: '', exportsDefault: false };
  const tokens: string[] = [];
  const lineOf = (node: ts.Node): number => file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const add = (node: ts.Node, specifier: ts.Node | undefined, typesOnly: boolean): void => {
    if (specifier && ts.isStringLiteralLike(specifier)) source.imports.push({ target: specifier.text, typesOnly, line: lineOf(node) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, isTypeOnlyClause(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isExternalModuleReference(node)) add(node, node.expression, false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node, node.argument.literal, true);
    else if (ts.isCallExpression(node)) {
      const target = calledTarget(node);
      if (target === null) source.computedImports.push(lineOf(node));
      else if (target !== undefined) source.imports.push({ target, typesOnly: false, line: lineOf(node) });
    }
    if (isDefaultExport(node)) source.exportsDefault = true;
    const children = node.getChildren();
    if (children.length === 0 && !ts.isLiteralExpression(node) && !ts.isJsxText(node) && !ts.isTemplateMiddleOrTemplateTail(node)) {
      if (node.kind !== ts.SyntaxKind.TemplateHead && node.getText()) tokens.push(node.getText());
    }
    for (const child of children) if (!ts.isJSDoc(child)) visit(child);
  };
  visit(file);
  source.code = tokens.join(' ');
  return source;
}
