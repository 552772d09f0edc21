/** docs/reference/*.md: an API's document as pages for people. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type CodedDocument, everyCodeOf, type Operation, operationsOf, ownCodesOf } from '../../packages/contracts/problem-codes.ts';

interface Ref {
  $ref?: string;
}
interface Schema extends Ref {
  type?: string | string[];
  enum?: unknown[];
  items?: Schema;
  format?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
}
interface Parameter extends Ref {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  example?: unknown;
  schema: Schema;
}
interface Content {
  [type: string]: { examples?: { usual?: { value?: unknown } & Ref } };
}
interface Shown extends Operation {
  'x-who'?: string;
  security?: unknown[];
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description?: string; content?: Content }>;
}
interface Document extends CodedDocument {
  info: { title: string; description: string };
  servers: [{ url: string }];
  'x-who': string;
  paths: Record<string, { parameters?: Parameter[] }>;
  components: object;
}

export const REFERENCES = { registry: 'registry.openapi.yaml', tracker: 'tracker.openapi.yaml' } as const;

export function renderReference(root: string, name: keyof typeof REFERENCES): string {
  const file = `packages/contracts/${REFERENCES[name]}`;
  const document: Document = parse(readFileSync(join(root, file), 'utf8'));
  const operations = operationsOf<Shown>(document);
  return `<!-- Made by npm run generate from ${file}. Change that. -->

# ${document.info.title}

${document.info.description.trim()}

Addresses are below \`${document.servers[0].url}\` of the dashboard. In the examples \`$AUTH\` is a header that says who asks: \`Cookie: …\` with a session of
the dashboard, or \`Authorization: Bearer …\` where an operation says that it needs a token.

Every operation may answer a problem with one of these codes: ${linked(everyCodeOf(document))}. They are explained in [errors.md](../errors.md).

| operation | what it does |
|---|---|
${operations.map(([key, { operationId, summary }]) => `| [${operationId}](#${operationId.toLowerCase()}) | \`${key}\`${summary ? `: ${cell(summary)}` : ''} |`).join('\n')}

${operations.map((operation) => section(document, operation)).join('\n\n')}
`;
}

function section(document: Document, [key, operation]: [string, Shown]): string {
  const { operationId, summary, description, responses } = operation;
  const parameters = parametersOf(document, key, operation);
  const answers = Object.entries(responses).filter(([status]) => /^[23]/.test(status));
  const withExample = answers.map(([, answer]) => shown(document, answer.content)).find((examples) => examples.length > 0);
  const own = ownCodesOf(document, operation);
  return [
    `## ${operationId}`,
    `\`${key}\``,
    [summary, description]
      .filter((text) => text !== undefined)
      .map((text) => text.trim())
      .join('\n\n'),
    `**Who may:** ${operation['x-who'] ?? document['x-who']}`,
    parameters.length > 0 ? `| parameter | | what |\n|---|---|---|\n${parameters.map((one) => row(document, one)).join('\n')}` : '',
    own.includes('navigation_required')
      ? 'Only a browser asks for it, in a window of its own.'
      : fenced('sh', curl(document, key, operation, parameters)),
    answers.map(([status, { description }]) => `- ${status}${description ? `: ${description}` : ''}`).join('\n'),
    ...(withExample ?? []),
    own.length > 0 ? `**Problems of its own:** ${linked(own)}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Those of the path first. */
function parametersOf(document: Document, key: string, { parameters = [] }: Shown): Parameter[] {
  const [, path = ''] = key.split(' ');
  return [...(document.paths[path]?.parameters ?? []), ...parameters].map((parameter) => found(document, parameter));
}

function row(document: Document, { name, required, description, schema }: Parameter): string {
  const { type, enum: values, items, format, default: otherwise, minimum, maximum } = found(document, schema);
  const what = values
    ? values.map((value) => `\`${value}\``).join(', ')
    : type === 'array'
      ? `list of ${items?.type ?? 'values'}`
      : (format ?? type);
  const limits = minimum !== undefined && maximum !== undefined ? `${minimum} to ${maximum}` : undefined;
  const says = [description, what, limits, otherwise === undefined ? undefined : `without it \`${otherwise}\``];
  return `| \`${name}\` | ${required ? 'required' : ''} | ${cell(says.filter((text) => text !== undefined).join('; '))} |`;
}

function curl(document: Document, key: string, { requestBody, security }: Shown, parameters: readonly Parameter[]): string {
  const [method = '', path = ''] = key.split(' ');
  const given = (place: string) => parameters.filter((one) => one.in === place && one.example !== undefined);
  const place = given('path').reduce(
    (address, { name, example }) => address.replace(`{${name}}`, encodeURIComponent(String(example))),
    path,
  );
  const query = given('query').flatMap(({ name, example }) => [example].flat().map((value) => `--data-urlencode '${name}=${value}'`));
  const headers = given('header').map(({ name, example }) => `-H '${name}: ${example}'`);
  const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const options = method === 'GET' ? (query.length > 0 ? ['-G'] : []) : [`-X ${method}`];
  const address = `"$DASHBOARD${document.servers[0].url}${place}"`;
  const who = security?.length === 0 ? [] : ['-H "$AUTH"'];
  return [['curl', ...options, address, ...who].join(' '), ...query, ...headers, ...(body ? sent(document, type, body) : [])].join(
    ' \\\n  ',
  );
}

function sent(document: Document, type: string | undefined, body: Content[string]): string[] {
  const value = exampleOf(document, body);
  const headed = `-H 'content-type: ${type}'`;
  if (value === undefined) return [headed, `--data-binary "@$FILE"`];
  if (type !== 'application/x-www-form-urlencoded') return [headed, `-d '${JSON.stringify(value).replaceAll("'", String.raw`'\''`)}'`];
  return Object.entries(value as Record<string, string>).map(([name, text]) => `--data-urlencode '${name}=${text}'`);
}

/** The examples of an answer. */
function shown(document: Document, content: Content = {}): string[] {
  return Object.entries(content).flatMap(([type, media]) => {
    const value = exampleOf(document, media);
    if (value === undefined) return [];
    return [
      typeof value === 'string' ? fenced('', value.replaceAll('\r\n', '\n').trimEnd()) : fenced(type.replace(/^.*\//, ''), spread(value)),
    ];
  });
}

const widest = 120;

/** JSON whose parts stand on one line each where they fit. */
function spread(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const inner = `${indent}  `;
  const parts = isList
    ? value.map((one) => spread(one, inner))
    : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${spread(one, inner)}`);
  const line = isList ? `[${parts.join(', ')}]` : parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
  if (indent.length + line.length <= widest && !line.includes('\n')) return line;
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}

const exampleOf = (document: Document, { examples }: Content[string]): unknown => examples?.usual && found(document, examples.usual).value;

/** What a `$ref` leads to. */
function found<T extends Ref>(document: Document, node: T): T {
  if (node.$ref === undefined) return node;
  const steps = node.$ref.split('/').slice(1);
  return steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], document) as T;
}

const linked = (codes: readonly string[]): string => codes.map((code) => `[\`${code}\`](../errors.md#${code})`).join(', ');
const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
const cell = (text: string): string => text.trim().replaceAll('|', '\\|').replaceAll('\n', ' ');
