/**
 * Every stable error code, read from the sources of the services: what a problem is made with says its code and its status.
 *
 * A maker is a function or class with a parameter `code` that has a parameter `status` too, or hands its `code` on to a maker. A code is
 * what TypeScript knows of the argument: a literal, or a union of them narrowed to where it stands. What cannot be known is an error.
 */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** Folders whose sources make problems, and who says them. */
export const SOURCES = {
  'registry-api/src': ['registry-api'],
  'tracker/src': ['tracker'],
  'host/server': ['edge'],
  'packages/service/src': ['registry-api', 'tracker'],
  'packages/cli/src': ['datamesh'],
  'packages/publishing/src': ['registry-api', 'datamesh'],
};

/**
 * What passes on an answer that has a code already: the code is found where that answer is made.
 * @param {ts.Expression} code
 */
function isRelay(code) {
  if (ts.isPropertyAccessExpression(code)) return ['code', 'reason'].includes(code.name.text);
  if (ts.isIdentifier(code)) return isTakenApart(code);
  return false;
}

/** `const { status, code } = answer.refusal`, also as a parameter. */
function isTakenApart(/** @type {ts.Identifier} */ name) {
  const declared = checker.getSymbolAtLocation(name)?.valueDeclaration;
  return declared !== undefined && ts.isBindingElement(declared) && (declared.propertyName ?? declared.name).getText() === 'code';
}

/** Of the program that is being read. @type {ts.TypeChecker} */
let checker;

/**
 * @param {string} root the repository
 * @returns {{ found: { code: string, status: number | null, by: string[] }[], unclear: string[] }} a status of null: passed on, or an
 * exit code; `unclear`: file:line of problems whose code or status cannot be known
 */
export function collectProblems(root) {
  const files = Object.keys(SOURCES).flatMap((folder) => sourcesIn(join(root, folder)));
  const program = programOf(root, files);
  checker = program.getTypeChecker();
  const found = [];
  const unclear = [];
  for (const file of files) {
    const source = program.getSourceFile(file);
    const at = relative(root, file).split(sep).join('/');
    const [, by] = Object.entries(SOURCES).find(([one]) => at.startsWith(`${one}/`));
    const add = (code, status) => found.push({ code, status, by });
    const visit = (node) => {
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
        const made = madeBy(node);
        if (made === null) unclear.push(`${at}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
        for (const [code, status] of made ?? []) add(code, status);
      }
      for (const [code, status] of tableIn(node)) add(code, status);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { found, unclear };
}

/** @returns {[string, number | null][] | null} null: a problem whose code or status cannot be known here */
function madeBy(/** @type {ts.CallExpression | ts.NewExpression} */ call) {
  const maker = makerOf(call);
  if (!maker) return [];
  const codeAt = indexOf(maker, 'code');
  const code = call.arguments?.[codeAt];
  if (!code || isParameter(code, 'code') || isRelay(code) || isOfTable(code)) return [];
  const statuses = statusesOf(call, maker);
  const codes = textsOf(code);
  if (codes === null) return otherwiseOf(code, statuses ?? [null]);
  return statuses && codes.flatMap((one) => statuses.map((status) => [one, status]));
}

/** The declaration that is called, if it makes problems. */
function makerOf(/** @type {ts.CallExpression | ts.NewExpression} */ call) {
  const symbol = symbolOf(call.expression);
  let declared = symbol?.valueDeclaration;
  if (declared && ts.isVariableDeclaration(declared)) declared = declared.initializer;
  if (declared && ts.isClassDeclaration(declared)) declared = declared.members.find(ts.isConstructorDeclaration);
  if (!declared || !ts.isFunctionLike(declared) || indexOf(declared, 'code') < 0) return undefined;
  return isMaker(declared) ? declared : undefined;
}

function symbolOf(/** @type {ts.Expression} */ callee) {
  const symbol = checker.getSymbolAtLocation(callee);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** @type {Map<ts.Node, boolean>} */
const makers = new Map();

function isMaker(/** @type {ts.SignatureDeclaration} */ declared) {
  if (!makers.has(declared)) {
    makers.set(declared, false);
    makers.set(declared, isExit(declared) || indexOf(declared, 'status') >= 0 || innerCall(declared) !== undefined);
  }
  return makers.get(declared);
}

/** The command line has exit codes instead of a status. */
const isExit = (declared) => indexOf(declared, 'exitCode') >= 0;

/** Where a function hands its own `code` on to a maker. */
function innerCall(/** @type {ts.SignatureDeclaration} */ declared) {
  let inner;
  const visit = (node) => {
    if (inner) return;
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.arguments?.some((argument) => isParameter(argument, 'code'))) {
      const maker = makerOf(node);
      if (maker) inner = { call: node, maker };
    }
    ts.forEachChild(node, visit);
  };
  if (declared.body) visit(declared.body);
  return inner;
}

/** @returns {(number | null)[] | null} */
function statusesOf(call, maker) {
  if (isExit(maker)) return [null];
  const at = indexOf(maker, 'status');
  if (at >= 0) {
    const status = call.arguments?.[at];
    return status ? numbersOf(status) : null;
  }
  const { call: within, maker: next } = innerCall(maker);
  return statusesOf(within, next);
}

const indexOf = (declared, name) => declared.parameters.findIndex((parameter) => parameter.name.getText() === name);

function isParameter(/** @type {ts.Expression} */ argument, name) {
  if (!ts.isIdentifier(argument) || argument.text !== name) return false;
  const declared = checker.getSymbolAtLocation(argument)?.valueDeclaration;
  return declared !== undefined && ts.isParameter(declared) && textsOf(argument) === null;
}

const textsOf = (expression) => literals(expression, (type) => type.isStringLiteral());
const numbersOf = (expression) => literals(expression, (type) => type.isNumberLiteral());

function literals(expression, isOne) {
  const type = checker.getTypeAtLocation(expression);
  const types = type.isUnion() ? type.types : [type];
  return types.length > 0 && types.every(isOne) ? types.map(({ value }) => value) : null;
}

/**
 * `known.code ?? 'otherwise'`, and `codes[status] ?? 'otherwise'` with an object of literals by status, in place or behind a function.
 * @returns {[string, number | null][] | null}
 */
function otherwiseOf(/** @type {ts.Expression} */ code, statuses) {
  if (ts.isCallExpression(code)) {
    const inside = code.expression.getText() === 'String' ? code.arguments[0] : bodyOf(code);
    return inside ? otherwiseOf(inside, statuses) : null;
  }
  if (!ts.isBinaryExpression(code) || code.operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken) return null;
  const otherwise = textsOf(code.right);
  if (!otherwise) return null;
  if (isRelay(code.left)) return otherwise.flatMap((one) => statuses.map((status) => [one, status]));
  const table = ts.isElementAccessExpression(code.left) && objectOf(code.left.expression);
  if (!table) return null;
  const rows = table.properties.map((row) => [row.initializer.text, Number(row.name.getText())]);
  // What checks requests against the contract says 400 where it has no better word.
  return [...rows, ...otherwise.map((one) => [one, 400])];
}

/** What a function of one expression gives. */
function bodyOf(/** @type {ts.CallExpression} */ call) {
  const declared = symbolOf(call.expression)?.valueDeclaration;
  const body = declared && ts.isVariableDeclaration(declared) && declared.initializer && ts.isArrowFunction(declared.initializer);
  return body && !ts.isBlock(declared.initializer.body) ? declared.initializer.body : undefined;
}

function objectOf(/** @type {ts.Expression} */ expression) {
  if (ts.isParenthesizedExpression(expression)) return objectOf(expression.expression);
  if (ts.isObjectLiteralExpression(expression)) return expression;
  const declared = checker.getSymbolAtLocation(expression)?.valueDeclaration;
  const value = declared && ts.isVariableDeclaration(declared) && declared.initializer;
  return value && ts.isObjectLiteralExpression(value) ? value : undefined;
}

/** `const PROBLEMS = { code: [status, …] }`. @returns {[string, number][]} */
function tableIn(/** @type {ts.Node} */ node) {
  if (!ts.isVariableDeclaration(node) || node.name.getText() !== 'PROBLEMS' || !node.initializer) return [];
  let object = node.initializer;
  while (ts.isAsExpression(object) || ts.isSatisfiesExpression(object)) object = object.expression;
  if (!ts.isObjectLiteralExpression(object)) return [];
  return object.properties.map((row) => [row.name.getText(), Number(row.initializer.elements[0].getText())]);
}

/** A code that the same file's table has, with its status. */
function isOfTable(/** @type {ts.Expression} */ code) {
  const codes = textsOf(code) ?? [];
  const known = new Set();
  const visit = (node) => {
    for (const [one] of tableIn(node)) known.add(one);
    ts.forEachChild(node, visit);
  };
  if (codes.length > 1) visit(code.getSourceFile());
  return codes.length > 1 && codes.every((one) => known.has(one));
}

/** The members of a union of texts, such as the tracker's reasons to drop an event. */
export function unionIn(root, file, name) {
  const path = join(root, file);
  const source = ts.createSourceFile(path, ts.sys.readFile(path), ts.ScriptTarget.Latest, true);
  const alias = source.statements.find((one) => ts.isTypeAliasDeclaration(one) && one.name.text === name);
  if (!alias || !ts.isUnionTypeNode(alias.type)) throw new Error(`${file} has no union ${name}`);
  return alias.type.types.map((one) => one.literal.text);
}

/** Our own sources only: what libraries are made of says nothing about codes, and is most of the work. */
function programOf(root, files) {
  const options = {
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
      return { resolvedModule: resolvedFileName && { resolvedFileName, extension: '.ts', isExternalLibraryImport: false } };
    });
  return ts.createProgram(files, options, host);
}

function fileOf(root, name, from) {
  const [, ours] = /^@datamesh\/(service|publishing)$/.exec(name) ?? [];
  const base = ours ? join(root, 'packages', ours, 'src') : name.startsWith('.') ? resolve(dirname(from), name) : null;
  if (base === null) return undefined;
  return [`${base}.ts`, join(base, 'index.ts')].find((file) => existsSync(file));
}

/** Without tests and what only they use. */
function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(?!testing-).*(?<!\.test|\.harness|\.d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/](testing|golden)[\\/]/.test(file))
    .sort();
}
