import type { IncomingHttpHeaders } from 'node:http';

/** What a request says that its body is, without parameters and in small letters: `application/json`. */
export const mediaTypeOf = ({ 'content-type': given }: IncomingHttpHeaders): string | undefined =>
  given?.split(';', 1)[0]?.trim().toLowerCase();
