/**
 * Every stable error code, read from the sources of the services: what a problem is made with says its code and its status.
 *
 * A maker is a function or class with a parameter `code` that has a parameter `status` too, or hands its `code` on to a maker. A code is
 * what TypeScript knows of the argument: a literal, or a union of them narrowed to where it stands. What cannot be known is an error.
 * An object that has both written in it is a problem as well.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** Folders whose sources make problems, and who says them. */
export const SOURCES: Readonly<Record<string, readonly string[]>> = {
  'registry-api/src': ['registry-api'],
  'tracker/src': ['tracker'],
  'host/server': ['edge'],
  'packages/service/src': ['registry-api', 'tracker'],
  'packages/cli/src': ['datamesh'],
  'packages/publishing/src': ['registry-api', 'datamesh'],
};

/** A code with its status; null: passed on, or an exit code. */
type Coded = [code: string, status: number | null];

export interface Found {
  code: string;
  status: number | null;
  by: readonly string[];
}

/** A call, and the declaration of the maker that it calls. */
interface Making {
  call: ts.CallExpression | ts.NewExpression;
  maker: ts.SignatureDeclaration;
}

/** What passes on an answer that has a code already: the code is found where that answer is made. */
function isRelay(code: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(code)) return ['code', 'reason'].includes(code.name.text);
  if (ts.isIdentifier(code)) return isTakenApart(code);
  return false;
}

/** `const { status, code } = answer.refusal`, also as a parameter. */
function isTakenApart(name: ts.Identifier): boolean {
  const declared = checker.getSymbolAtLocation(name)?.valueDeclaration;
  return declared !== undefined && ts.isBindingElement(declared) && (declared.propertyName ?? declared.name).getText() === 'code';
}

/** Of the program that is being read. */
let checker: ts.TypeChecker;

/** Of the repository at `root`. `unclear`: file:line of problems whose code or status cannot be known. */
export function collectProblems(root: string): { found: Found[]; unclear: string[] } {
  const files = Object.keys(SOURCES).flatMap((folder) => sourcesIn(join(root, folder)));
  const program = programOf(root, files);
  checker = program.getTypeChecker();
  const found: Found[] = [];
  const unclear: string[] = [];
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (!source) throw new Error(`${file} cannot be read`);
    const at = relative(root, file).split(sep).join('/');
    const by = Object.entries(SOURCES).find(([one]) => at.startsWith(`${one}/`))?.[1] ?? [];
    const add = ([code, status]: Coded) => found.push({ code, status, by });
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
        const made = madeBy(node);
        if (made === null) unclear.push(`${at}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
        made?.forEach(add);
      }
      tableIn(node).forEach(add);
      if (ts.isObjectLiteralExpression(node)) writtenIn(node).forEach(add);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { found, unclear };
}

/** null: a problem whose code or status cannot be known here. */
function madeBy(call: ts.CallExpression | ts.NewExpression): Coded[] | null {
  const maker = makerOf(call);
  if (!maker) return [];
  const codeAt = indexOf(maker, 'code');
  const code = call.arguments?.[codeAt];
  if (!code || isParameter(code, 'code') || isRelay(code) || isOfTable(code)) return [];
  const statuses = statusesOf(call, maker);
  const codes = textsOf(code);
  if (codes === null) return otherwiseOf(code, statuses ?? [null]);
  return statuses && everyPair(codes, statuses);
}

const everyPair = (codes: readonly string[], statuses: readonly (number | null)[]): Coded[] =>
  codes.flatMap((code) => statuses.map((status): Coded => [code, status]));

/** The declaration that is called, if it makes problems. */
function makerOf(call: ts.CallExpression | ts.NewExpression): ts.SignatureDeclaration | undefined {
  const symbol = symbolOf(call.expression);
  let declared: ts.Node | undefined = symbol?.valueDeclaration;
  if (declared && ts.isVariableDeclaration(declared)) declared = declared.initializer;
  if (declared && ts.isClassDeclaration(declared)) declared = declared.members.find(ts.isConstructorDeclaration);
  if (!declared || !ts.isFunctionLike(declared) || indexOf(declared, 'code') < 0) return undefined;
  return isMaker(declared) ? declared : undefined;
}

function symbolOf(callee: ts.Expression): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(callee);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

const makers = new Map<ts.Node, boolean>();

function isMaker(declared: ts.SignatureDeclaration): boolean {
  const known = makers.get(declared);
  if (known !== undefined) return known;
  makers.set(declared, false);
  const is = isExit(declared) || indexOf(declared, 'status') >= 0 || innerCall(declared) !== undefined;
  makers.set(declared, is);
  return is;
}

/** The command line has exit codes instead of a status. */
const isExit = (declared: ts.SignatureDeclaration): boolean => indexOf(declared, 'exitCode') >= 0;

/** Where a function hands its own `code` on to a maker. */
function innerCall(declared: ts.SignatureDeclaration): Making | undefined {
  let inner: Making | undefined;
  const visit = (node: ts.Node): void => {
    if (inner) return;
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.arguments?.some((argument) => isParameter(argument, 'code'))) {
      const maker = makerOf(node);
      if (maker) inner = { call: node, maker };
    }
    ts.forEachChild(node, visit);
  };
  if ('body' in declared && declared.body) visit(declared.body);
  return inner;
}

function statusesOf(call: Making['call'], maker: ts.SignatureDeclaration): (number | null)[] | null {
  if (isExit(maker)) return [null];
  const at = indexOf(maker, 'status');
  if (at >= 0) {
    const status = call.arguments?.[at];
    return status ? numbersOf(status) : null;
  }
  const inner = innerCall(maker);
  return inner ? statusesOf(inner.call, inner.maker) : null;
}

const indexOf = (declared: ts.SignatureDeclaration, name: string): number =>
  declared.parameters.findIndex((parameter) => parameter.name.getText() === name);

function isParameter(argument: ts.Expression, name: string): boolean {
  if (!ts.isIdentifier(argument) || argument.text !== name) return false;
  const declared = checker.getSymbolAtLocation(argument)?.valueDeclaration;
  return declared !== undefined && ts.isParameter(declared) && textsOf(argument) === null;
}

const textsOf = (expression: ts.Expression): string[] | null => {
  const types = typesOf(expression).filter((type) => type.isStringLiteral());
  return types.length === typesOf(expression).length ? types.map(({ value }) => value) : null;
};
const numbersOf = (expression: ts.Expression): number[] | null => {
  const types = typesOf(expression).filter((type) => type.isNumberLiteral());
  return types.length === typesOf(expression).length ? types.map(({ value }) => value) : null;
};

function typesOf(expression: ts.Expression): ts.Type[] {
  const type = checker.getTypeAtLocation(expression);
  return type.isUnion() ? type.types : [type];
}

/** `known.code ?? 'otherwise'`, and `codes[status] ?? 'otherwise'` with an object of literals by status, in place or behind a function. */
function otherwiseOf(code: ts.Expression, statuses: readonly (number | null)[]): Coded[] | null {
  if (ts.isCallExpression(code)) {
    const inside = code.expression.getText() === 'String' ? code.arguments[0] : bodyOf(code);
    return inside ? otherwiseOf(inside, statuses) : null;
  }
  if (!ts.isBinaryExpression(code) || code.operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken) return null;
  const otherwise = textsOf(code.right);
  if (!otherwise) return null;
  if (isRelay(code.left)) return everyPair(otherwise, statuses);
  const table = ts.isElementAccessExpression(code.left) && objectOf(code.left.expression);
  if (!table) return null;
  const rows = rowsOf(table).map(({ key, value }): Coded | null => (ts.isStringLiteral(value) ? [value.text, Number(key)] : null));
  if (rows.includes(null)) return null;
  // What checks requests against the contract says 400 where it has no better word.
  return [...rows.filter((row) => row !== null), ...everyPair(otherwise, [400])];
}

/** Of an object that is written as `{ key: value, … }`. */
const rowsOf = (table: ts.ObjectLiteralExpression): { key: string; value: ts.Expression }[] =>
  table.properties.map((row) => {
    if (!ts.isPropertyAssignment(row)) throw new Error(`${row.getText()} is no line of a table of codes`);
    return { key: row.name.getText(), value: row.initializer };
  });

/** What a function of one expression gives. */
function bodyOf(call: ts.CallExpression): ts.Expression | undefined {
  const declared = symbolOf(call.expression)?.valueDeclaration;
  const value = declared && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  return value && ts.isArrowFunction(value) && !ts.isBlock(value.body) ? value.body : undefined;
}

function objectOf(expression: ts.Expression): ts.ObjectLiteralExpression | undefined {
  if (ts.isParenthesizedExpression(expression)) return objectOf(expression.expression);
  if (ts.isObjectLiteralExpression(expression)) return expression;
  const declared = checker.getSymbolAtLocation(expression)?.valueDeclaration;
  const value = declared && ts.isVariableDeclaration(declared) && declared.initializer;
  return value && ts.isObjectLiteralExpression(value) ? value : undefined;
}

/** `{ status: 431, code: 'headers_too_large', … }`, handed on or kept until it is answered. */
function writtenIn(object: ts.ObjectLiteralExpression): Coded[] {
  const writtenAt = (name: string) =>
    object.properties.filter(ts.isPropertyAssignment).find((property) => property.name.getText() === name)?.initializer;
  const [status, code] = [writtenAt('status'), writtenAt('code')];
  return status && code && ts.isNumericLiteral(status) && ts.isStringLiteral(code) ? [[code.text, Number(status.text)]] : [];
}

/** `const PROBLEMS = { code: [status, …] }`. */
function tableIn(node: ts.Node): Coded[] {
  if (!ts.isVariableDeclaration(node) || node.name.getText() !== 'PROBLEMS' || !node.initializer) return [];
  let object = node.initializer;
  while (ts.isAsExpression(object) || ts.isSatisfiesExpression(object)) object = object.expression;
  if (!ts.isObjectLiteralExpression(object)) return [];
  return rowsOf(object).map(({ key, value }) => {
    const status = ts.isArrayLiteralExpression(value) ? value.elements[0] : undefined;
    if (!status) throw new Error(`PROBLEMS says no status of ${key}`);
    return [key, Number(status.getText())];
  });
}

/** A code that the same file's table has, with its status. */
function isOfTable(code: ts.Expression): boolean {
  const codes = textsOf(code) ?? [];
  const known = new Set<string>();
  const visit = (node: ts.Node): void => {
    for (const [one] of tableIn(node)) known.add(one);
    ts.forEachChild(node, visit);
  };
  if (codes.length > 1) visit(code.getSourceFile());
  return codes.length > 1 && codes.every((one) => known.has(one));
}

/** The members of a union of texts, such as the tracker's reasons to drop an event. */
export function unionIn(root: string, file: string, name: string): string[] {
  const path = join(root, file);
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const alias = source.statements.filter(ts.isTypeAliasDeclaration).find((one) => one.name.text === name);
  if (!alias || !ts.isUnionTypeNode(alias.type)) throw new Error(`${file} has no union ${name}`);
  return alias.type.types.map((one) => {
    if (!ts.isLiteralTypeNode(one) || !ts.isStringLiteral(one.literal)) throw new Error(`${one.getText()} of ${name} is no text`);
    return one.literal.text;
  });
}

/** Our own sources only: what libraries are made of says nothing about codes, and is most of the work. */
function programOf(root: string, files: readonly string[]): ts.Program {
  const options: ts.CompilerOptions = {
    lib: ['lib.es2023.d.ts'],
    types: [],
    allowJs: false,
    strict: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
  };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (names, from) =>
    names.map(({ text }) => {
      const resolvedFileName = fileOf(root, text, from);
      return { resolvedModule: resolvedFileName === undefined ? undefined : { resolvedFileName, extension: '.ts' } };
    });
  return ts.createProgram(files, options, host);
}

function fileOf(root: string, name: string, from: string): string | undefined {
  const [, ours] = /^@datamesh\/(service|publishing)$/.exec(name) ?? [];
  const base = ours ? join(root, 'packages', ours, 'src') : name.startsWith('.') ? resolve(dirname(from), name) : null;
  if (base === null) return undefined;
  return [`${base}.ts`, join(base, 'index.ts')].find((file) => existsSync(file));
}

/** Without tests and what only they use. */
function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test|\.d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/](testing|golden)[\\/]/.test(file))
    .sort();
}
