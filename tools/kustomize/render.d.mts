/** The program, as WebAssembly. */
export function readProgram(): Buffer;
export function render(
  root: string,
  folders: readonly string[],
): Promise<Map<string, { objects: unknown[]; error?: never } | { objects?: never; error: string }>>;
