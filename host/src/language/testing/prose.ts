/** Finds, in a source of the page, text that a person would read and that does not go through `i18n.t`. */
import ts from 'typescript';

export interface Found {
  line: number;
  text: string;
}

/** What `i18n.t` is given must be there to be collected, and the language is not known while a module loads. */
export interface Texts {
  /** Text that goes past `i18n.t`. */
  prose: Found[];
  /** Calls of `i18n.t` with anything but the text itself. */
  computed: Found[];
  /** Calls of `i18n.t` outside of every function. */
  early: Found[];
}

/** Attributes whose value is never read by a person. */
const MUTE =
  /^(className|class|style|id|key|type|role|href|src|rel|target|name|value|icon|align|tone|kind|data-.*|aria-(?!label$|description$|roledescription$|valuetext$).*|d|viewBox|popover|popoverTarget|slot|part|autoComplete|inputMode|focusable|spellCheck|htmlFor|tagName|menuTrigger|selectionBehavior|layout|orientation|keyboardNavigationBehavior|placement|side|as|of|size|selectionMode|dateTime|scope|loading|decoding|autoCapitalize)$/;
/** Names of keys, of HTTP's headers and verbs, and of what the platform calls its parts. */
const NAMES =
  /^(Arrow(Up|Down|Left|Right)|Escape|Enter|Tab|Home|End|Delete|Backspace|Dead|Process|Unidentified|AltGraph|Digit\d?|Key[A-Z]?|F\d+|Page(Up|Down)|Control|Meta|Shift|Alt|Space|Content-Type|(Abort|Timeout|Quota\w+|Syntax)Error|Mac\w*|NFKD|Data Mesh|Organisation|Esc|GET|POST|PUT|PATCH|DELETE|\{\} · Data Mesh|datamesh [a-z ]+|(Api|Widget|Options)\w+|one of several)$/;
const PROSE = /[a-z]{2,}[,;:]? +[a-z“(]|^[A-Z][a-z]+([ ….!?:]|$)|[a-z]{2,}[.…!?]$/i;
const CAPITAL = /^[^A-Za-z]*[A-Z“]/;

export function textsOf(file: string, source: string): Texts {
  const root = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const texts: Texts = { prose: [], computed: [], early: [] };
  const at = (node: ts.Node, text: string): Found => ({ line: root.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'i18n.t') {
      const [id] = node.arguments;
      if (!id || !ts.isStringLiteralLike(id)) texts.computed.push(at(node, node.getText().slice(0, 80)));
      if (!insideFunction(node)) texts.early.push(at(node, node.getText().slice(0, 80)));
      for (const value of node.arguments.slice(1)) visit(value);
      return;
    }
    if (ts.isJsxText(node)) {
      const text = node.text.trim();
      if (/\p{L}{2,}/u.test(text) && !NAMES.test(text)) texts.prose.push(at(node, text));
    } else if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const text = ts.isStringLiteralLike(node)
        ? node.text
        : [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('{}');
      if (isProse(text, node) && !isMute(node)) texts.prose.push(at(node, text));
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  return texts;
}

function isProse(text: string, node: ts.Node): boolean {
  if (NAMES.test(text)) return false;
  // What is shown directly is text however short it is.
  const shown = (ts.isJsxAttribute(node.parent) && !MUTE.test(node.parent.name.getText())) || isChild(node);
  if (shown || isCaption(node)) return /\p{L}{2,}/u.test(text);
  return PROSE.test(text) && (CAPITAL.test(text) || /[a-z]{2,} [a-z]/.test(text));
}

/** One of what a list shows as well: `{[…].filter(…).join(' · ')}`. */
const isChild = (node: ts.Node): boolean => {
  let one: ts.Node = node;
  while (
    ts.isConditionalExpression(one.parent) ||
    ts.isParenthesizedExpression(one.parent) ||
    ts.isArrayLiteralExpression(one.parent) ||
    ts.isPropertyAccessExpression(one.parent) ||
    (ts.isCallExpression(one.parent) && one.parent.expression === one)
  ) {
    if (ts.isConditionalExpression(one.parent) && one.parent.condition === one) return false;
    one = one.parent;
  }
  return ts.isJsxExpression(one.parent) && !ts.isJsxAttribute(one.parent.parent);
};

/** What something is called in a list, with a value in it: `detail: `now ${version}``. */
function isCaption(node: ts.Node): boolean {
  if (!ts.isTemplateExpression(node)) return false;
  let one: ts.Node = node;
  while (ts.isConditionalExpression(one.parent) || ts.isParenthesizedExpression(one.parent) || ts.isBinaryExpression(one.parent))
    one = one.parent;
  return ts.isPropertyAssignment(one.parent) && /^(label|detail|title|text|hint)$/.test(one.parent.name.getText());
}

/** For the machine, or for those who write the page: selectors, classes, comparisons, types, errors of the code itself. */
function isMute(node: ts.Node): boolean {
  for (let one = node; one.parent; one = one.parent) {
    const { parent } = one;
    if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isTypeNode(parent) || ts.isCaseClause(parent)) return true;
    if ((ts.isPropertyAssignment(parent) && parent.name === one) || (ts.isBindingElement(parent) && parent.name.getText() === 'className'))
      return true;
    if (ts.isElementAccessExpression(parent) && parent.argumentExpression === one) return true;
    if (ts.isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText())) return true;
    if (ts.isBinaryExpression(parent) && /\.(className|style\.\w+)$/.test(parent.left.getText())) return true;
    if (ts.isJsxAttribute(parent) && MUTE.test(parent.name.getText())) return true;
    if (ts.isNewExpression(parent) && /^(Type|Range|DOM)?(Error|Exception)$/.test(parent.expression.getText())) return true;
    if (ts.isCallExpression(parent) && parent.expression !== one && MACHINE.test(parent.expression.getText())) return !isSaid(parent, one);
    if (ts.isFunctionLike(parent) || ts.isJsxElement(parent) || ts.isJsxSelfClosingElement(parent)) break;
  }
  return false;
}

/** What a call that is for the machine otherwise shows: the text of a node, and of an attribute that is read. */
function isSaid({ expression, arguments: [first, ...others] }: ts.CallExpression, one: ts.Node): boolean {
  if (expression.getText() === 'node') return one === others[1];
  const attribute = first && ts.isStringLiteralLike(first) ? first.text : '';
  return /\.setAttribute$/.test(expression.getText()) && one === others[0] && !MUTE.test(attribute);
}

const MACHINE =
  /(^console\.\w+|^import|^node|querySelector(All)?|closest|matches|matchMedia|useMedia|classList\.\w+|setAttribute|addEventListener|removeEventListener|getPropertyValue|setProperty|performance\.\w+|createElement(NS)?|\.startsWith|\.endsWith|\.includes|\.split|\.join)$/;

function insideFunction(node: ts.Node): boolean {
  for (let one = node.parent; one; one = one.parent)
    if (
      ts.isFunctionLike(one) ||
      (ts.isPropertyDeclaration(one) && !one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword))
    )
      return true;
  return false;
}
