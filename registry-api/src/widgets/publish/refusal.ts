/** What the rules of @datamesh/publishing refuse, as this service answers it. */
import { Refusal } from '@datamesh/publishing';
import { type Problem, problem } from '../../http/problem';

/** As it crosses threads: a copy, and copies have no class. */
export type RefusalCopy = Pick<Refusal, 'status' | 'code' | 'detail' | 'errors'>;

export const problemOf = ({ status, code, detail, errors }: RefusalCopy): Problem =>
  problem(status, code, detail, errors ? { errors: [...errors] } : {});

export function answered(check: () => void): void {
  try {
    check();
  } catch (error) {
    throw error instanceof Refusal ? problemOf(error) : error;
  }
}
