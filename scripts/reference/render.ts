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
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description?: string; content?: Content }>;
}
interface Document extends CodedDocument {
  info: { title: string; description: string };
  servers: [{ url: string }];
  'x-who': string;
  components: object;
}

/** Those whose document has examples and codes for each operation. */
export const REFERENCES = { tracker: 'tracker.openapi.yaml' } as const;

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
  const parameters = (operation.parameters ?? []).map((parameter) => found(document, parameter));
  const [status = '', answer] = Object.entries(responses).find(([one]) => one.startsWith('2')) ?? [];
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
    fenced('sh', curl(document, key, operation, parameters)),
    answer ? `${status}${answer.description ? `: ${answer.description}` : ''}` : '',
    ...shown(document, answer?.content),
    own.length > 0 ? `**Problems of its own:** ${linked(own)}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
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

function curl(document: Document, key: string, { requestBody }: Shown, parameters: readonly Parameter[]): string {
  const [method = '', path = ''] = key.split(' ');
  const given = parameters.filter(({ in: place, example }) => place === 'query' && example !== undefined);
  const query = given.flatMap(({ name, example }) => [example].flat().map((value) => `--data-urlencode '${name}=${value}'`));
  const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const sent = body ? [`-H 'content-type: ${type}'`, `-d '${JSON.stringify(exampleOf(document, body))}'`] : [];
  const options = method === 'GET' ? (query.length > 0 ? ['-G'] : []) : [`-X ${method}`];
  const address = `"$DASHBOARD${document.servers[0].url}${path}"`;
  return [['curl', ...options, address, '-H "$AUTH"'].join(' '), ...query, ...sent].join(' \\\n  ');
}

/** The examples of an answer. */
function shown(document: Document, content: Content = {}): string[] {
  return Object.entries(content).flatMap(([type, media]) => {
    const value = exampleOf(document, media);
    if (value === undefined) return [];
    return [
      typeof value === 'string'
        ? fenced('', value.replaceAll('\r\n', '\n').trimEnd())
        : fenced(type.replace(/^.*\//, ''), JSON.stringify(value, null, 2)),
    ];
  });
}

const exampleOf = (document: Document, { examples }: Content[string]): unknown => examples?.usual && found(document, examples.usual).value;

/** What a `$ref` leads to. */
function found<T extends Ref>(document: Document, node: T): T {
  if (node.$ref === undefined) return node;
  const steps = node.$ref.split('/').slice(1);
  return steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], document) as T;
}

const linked = (codes: readonly string[]): string => codes.map((code) => `[\`${code}\`](../errors.md#what-services-answer)`).join(', ');
const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
const cell = (text: string): string => text.trim().replaceAll('|', '\\|').replaceAll('\n', ' ');
