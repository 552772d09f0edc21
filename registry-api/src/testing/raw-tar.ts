/** Blocks of a tar as no packer would write them: every field as given. */
export interface RawHeader {
  name?: string;
  /** Twelve bytes: octal digits, base 256, or nonsense. */
  size?: Uint8Array | string;
  /** One character: 0 a file, 5 a folder, x a pax header, L a GNU long name, S a sparse file. */
  type?: string;
  /** false: a wrong one. */
  checksum?: boolean;
}

export function rawHeader({ name = 'dist/a.mjs', size = '00000000000', type = '0', checksum = true }: RawHeader = {}): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0, 100);
  block.write('000644 \0', 100);
  block.write('000000 \0', 108);
  block.write('000000 \0', 116);
  Buffer.from(size as string).copy(block, 124, 0, 12);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0) + (checksum ? 0 : 1);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

export const octal = (bytes: number): string => bytes.toString(8).padStart(11, '0');

/** A size in base 256, which may be negative or beyond what a number can hold. */
export function base256(first: number, ...last: number[]): Uint8Array {
  const field = new Uint8Array(12).fill(first === 0xff ? 0xff : 0);
  field[0] = first;
  field.set(last, 12 - last.length);
  return field;
}

/** A header and its content, filled up to whole blocks. */
export const rawEntry = (header: RawHeader, content: string | Uint8Array): Buffer => {
  const body = Buffer.from(content as Uint8Array);
  return Buffer.concat([rawHeader({ size: octal(body.length), ...header }), body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
};
