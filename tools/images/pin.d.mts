export function pinned(text: string, image: string, version: string): string;
