export const isMissing = (error: unknown): boolean => (error as { code?: unknown }).code === 'ENOENT';
