/** Why something cannot be published: a stable code, and a text that says what to do next. Nothing of it becomes visible. */
import type { Mistake } from '@datamesh/contracts/node';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** As HTTP has it: 400 the archive cannot be read, 413 it is too large, 422 its content is refused. */
  readonly status: 400 | 413 | 422;
  readonly code: string;
  readonly detail: string;
  /** Places in a document, each with a JSON pointer. */
  readonly errors?: readonly Mistake[] | undefined;

  constructor(status: 400 | 413 | 422, code: string, detail: string, errors?: readonly Mistake[]) {
    super(`${code}: ${detail}`);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.errors = errors;
  }
}

export const malformed = (detail: string): Refusal => new Refusal(400, 'tarball_malformed', detail);

export const refused = (code: string, detail: string, errors?: readonly Mistake[]): Refusal => new Refusal(422, code, detail, errors);

export const tooLarge = (detail: string): Refusal => new Refusal(413, 'tarball_too_large', detail);
