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
  'x-problem-codes-elsewhere'?: Record<string, string>;
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
  const listed = operation['x-problem-codes'];
  if (!listed) throw new Error(`${operation.operationId} lists no x-problem-codes`);
  return [...new Set(listed.flatMap((code) => groups[code] ?? [code]))].sort();
}

export const everyCodeOf = (document: CodedDocument): string[] => [...(document['x-problem-groups']?.['every'] ?? [])].sort();

/** The module of types and lists that tests hold answers to. */
export function problemCodesModule(document: CodedDocument, name: string): string {
  const lists = operationsOf(document).map(([key, operation]) => [
    key,
    [...new Set([...everyCodeOf(document), ...ownCodesOf(document, operation)])].sort(),
  ]);
  const text = JSON.stringify(Object.fromEntries(lists), null, 2);
  return `// Generated from ${name}.openapi.yaml by npm run generate. By method and path: the codes that an operation answers problems with.
export const ${name}Problems = ${text} as const;

export type ${name[0]?.toUpperCase()}${name.slice(1)}ProblemCode<Operation extends keyof typeof ${name}Problems> = (typeof ${name}Problems)[Operation][number];
`;
}
