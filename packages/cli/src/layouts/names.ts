import { EXTENSION } from './folder';

const LONGEST = 60;
/** Windows keeps these names for devices, whatever follows the first dot. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** A new layout's file: its title in letters that every system takes, and one that is not taken yet. `taken`: in small letters. */
export function fileNameFor(title: string, taken: ReadonlySet<string>): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-|-$/g, '');
  const base = plain === '' || DEVICES.test(plain) ? `layout${plain === '' ? '' : `-${plain}`}` : plain;
  for (let count = 1; ; count++) {
    const name = `${base}${count === 1 ? '' : `-${count}`}${EXTENSION}`;
    if (!taken.has(name)) return name;
  }
}
