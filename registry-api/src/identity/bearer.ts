/** The token of an Authorization header; those of people name all their departments and teams (MAX_PLACES of claims.ts). */
export const bearerIn = (header: string | undefined): string | undefined => /^Bearer ([\x21-\x7e]{1,16384})$/i.exec(header ?? '')?.[1];
