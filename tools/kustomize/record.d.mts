export function sha256(bytes: string | Uint8Array): string;
export function sourcesHash(): string;
