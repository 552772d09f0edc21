/** What every query needs. */
import type { Erased } from './conditions';
import type { Reader } from './reader';
import type { Sql } from './sql';

export interface Store {
  reader: Reader;
  table: Sql;
  erased: Erased;
}
