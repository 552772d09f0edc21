/** Parquet in row groups, each sent as soon as it is encoded. Instants are timestamps in UTC, the zone asked for is in the file's metadata as `zone`, numbers 64-bit integers, absent values null. */
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Cell, Column, ColumnType, FileZone, Table } from './table';

/** Lets go of what was written, while offsets go on from the beginning of the file. */
class PassingWriter extends ByteWriter {
  take(): Buffer {
    const written = Buffer.from(this.getBytes());
    this.index = 0;
    return written;
  }
}

const TYPES: Record<ColumnType, Omit<SchemaElement, 'name'>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  number: { type: 'INT64' },
  instant: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
};

export async function* parquetOf({ columns, portions }: Table, { zone }: FileZone): AsyncGenerator<Buffer> {
  const writer = new PassingWriter();
  const file = new ParquetWriter({ writer, schema: schemaOf(columns), createdBy: 'datamesh', kvMetadata: [{ key: 'zone', value: zone }] });
  for await (const rows of portions) {
    await file.write({
      columnData: columns.map(({ name, type }, index) => ({ name, data: rows.map((row) => parquetValue(row[index] ?? null, type)) })),
      rowGroupSize: rows.length,
    });
    yield writer.take();
  }
  await file.finish();
  yield writer.take();
}

const schemaOf = (columns: readonly Column[]): SchemaElement[] => [
  { name: 'root', num_children: columns.length },
  ...columns.map(({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...TYPES[type] })),
];

function parquetValue(cell: Cell, type: ColumnType): string | bigint | Date | null {
  if (cell === null || typeof cell === 'string') return cell;
  return type === 'instant' ? new Date(cell) : BigInt(cell);
}
