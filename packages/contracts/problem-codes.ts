/** Which problem codes an operation of a document lists: its own, those of the groups that it names, and those of every operation. */

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  'x-problem-codes'?: string[];
}

export interface CodedDocument {
  paths?: Record<string, object>;
  'x-problem-groups'?: Record<string, string[]>;
  /** Codes of the service that no operation answers, and why. */
  'x-problem-codes-elsewhere'?: Record<string, string>;
  /** Codes that operations list and another service says, and which. */
  'x-problem-codes-passed-on'?: Record<string, string>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** In the order of the document, by method and path: `GET /sites`. */
export function operationsOf<T extends Operation>({ paths = {} }: CodedDocument): [string, T][] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const operation = (methods as Partial<Record<string, T>>)[method];
      return operation ? [[`${method.toUpperCase()} ${path}`, operation] satisfies [string, T]] : [];
    }),
  );
}

/** Of an operation: what it alone and its groups list. In the order of the alphabet. */
export function ownCodesOf(document: CodedDocument, operation: Operation): string[] {
  const groups = document['x-problem-groups'] ?? {};
  return [...new Set(listedOf(operation).flatMap((code) => groups[code] ?? [code]))].sort();
}

/** Codes, and names of groups. */
function listedOf({ operationId, 'x-problem-codes': listed }: Operation): string[] {
  if (!listed) throw new Error(`${operationId} lists no x-problem-codes`);
  return listed;
}

export const everyCodeOf = (document: CodedDocument): string[] => [...(document['x-problem-groups']?.['every'] ?? [])].sort();

/** The module of types and lists that tests hold answers to. */
export function problemCodesModule(document: CodedDocument, name: string): string {
  const groups = document['x-problem-groups'] ?? {};
  const lists = operationsOf(document).map(([key, operation]) => {
    const named = ['every', ...listedOf(operation)].map((code) =>
      groups[code] ? `...groups[${JSON.stringify(code)}]` : JSON.stringify(code),
    );
    return `  ${JSON.stringify(key)}: [${named.join(', ')}],`;
  });
  return `// Generated from ${name}.openapi.yaml by npm run generate.
const groups = ${JSON.stringify(groups, null, 2)} as const;

/** By method and path: the codes that an operation answers problems with. */
export const ${name}Problems = {
${lists.join('\n')}
} as const;

export type ${name[0]?.toUpperCase()}${name.slice(1)}ProblemCode<Operation extends keyof typeof ${name}Problems> = (typeof ${name}Problems)[Operation][number];
`;
}
