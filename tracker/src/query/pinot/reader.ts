/** Queries to rows: always with a limit, and with whatever is missing told. */
import { RARE_VALUES } from '../missing';
import type { QueryContext } from '../port';
import type { Cell } from './lossless';
import { type Sql, sql } from './sql';
import type { Transport } from './transport';

export type Row = readonly Cell[];

export class Reader {
  constructor(private readonly transport: Transport) {}

  /** As many rows as asked for, at most. */
  async some(query: Sql, limit: number, context: QueryContext): Promise<Row[]> {
    const { rows, groupsLeftOut } = await this.attempt(query, limit, context);
    if (groupsLeftOut) context.partial(RARE_VALUES);
    return rows;
  }

  /** All rows; the limit is where the store or this process would have too much to do. */
  async all(query: Sql, limit: number, context: QueryContext): Promise<Row[]> {
    const { rows, groupsLeftOut } = await this.attempt(query, limit, context);
    if (groupsLeftOut || rows.length === limit) context.partial(RARE_VALUES);
    return rows;
  }

  /** For those that can ask again, in smaller parts. */
  async attempt(query: Sql, limit: number, { signal, partial }: QueryContext): Promise<{ rows: Row[]; groupsLeftOut: boolean }> {
    const { rows, groupsLeftOut, missing } = await this.transport.ask(sql`${query} LIMIT ${limit}`.text, signal);
    for (const each of missing) partial(each);
    return { rows, groupsLeftOut };
  }
}

export const number = (cell: Cell | undefined): number => Number(cell ?? 0);

export const text = (cell: Cell | undefined): string => String(cell ?? '');

export const textOrNull = (cell: Cell | undefined): string | null => text(cell) || null;
