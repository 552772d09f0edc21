/** Where the bytes behind an integrity value are kept. */
const suffix = { identity: '', br: '.br', gzip: '.gz' };

export type Encoding = keyof typeof suffix;

export const blobKey = (integrity: string, encoding: Encoding = 'identity'): string =>
  Buffer.from(integrity.slice('sha384-'.length), 'base64').toString('hex') + suffix[encoding];
