/** Pinot's controller, as far as setting up a table needs it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Version } from './definition';
import { isObject, type Json, type JsonObject } from './json';

export class ControllerError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const TIMEOUT = 60_000;

export class Controller {
  constructor(
    private readonly address: string,
    private readonly token: string | null,
  ) {}

  /** Such as [1, 5], and as it says it. */
  async version(): Promise<{ version: Version; text: string }> {
    const versions = await this.ask('GET', '/version');
    const text = isObject(versions) ? (versions['pinot-controller'] ?? versions['pinot-spi']) : null;
    const parts = typeof text === 'string' ? /^(\d+)\.(\d+)[^-]*/.exec(text) : null;
    if (!parts) throw new Error(`${this.address} does not say which version of Pinot it is: ${JSON.stringify(versions)}`);
    return { version: [Number(parts[1]), Number(parts[2])], text: parts[0] };
  }

  /** null when there is none. */
  async schema(name: string): Promise<JsonObject | null> {
    try {
      const schema = await this.ask('GET', `/schemas/${name}`);
      return isObject(schema) ? schema : null;
    } catch (error) {
      if (error instanceof ControllerError && error.status === 404) return null;
      throw error;
    }
  }

  /** null when there is none. */
  async table(name: string): Promise<JsonObject | null> {
    const tables = await this.ask('GET', `/tables/${name}?type=realtime`);
    const table = isObject(tables) ? tables['REALTIME'] : null;
    // The controller adds the type to the name.
    return isObject(table ?? null) ? { ...(table as JsonObject), tableName: name } : null;
  }

  async createSchema(schema: JsonObject): Promise<void> {
    await this.ask('POST', '/schemas', schema);
  }

  async changeSchema(name: string, schema: JsonObject): Promise<void> {
    await this.ask('PUT', `/schemas/${name}`, schema);
  }

  /** Fields that this version does not know. */
  async createTable(table: JsonObject): Promise<string[]> {
    return unknownFields(await this.ask('POST', '/tables', table));
  }

  async changeTable(name: string, table: JsonObject): Promise<string[]> {
    return unknownFields(await this.ask('PUT', `/tables/${name}`, table));
  }

  /**
   * Ends the segments that are being filled: one has the schema of its beginning, and drops what other columns a message brings. False when
   * some are still being filled after a minute.
   */
  async sealSegments(name: string): Promise<boolean> {
    const before = await this.beingFilled(name);
    await this.ask('POST', `/tables/${name}/forceCommit`);
    for (const end = Date.now() + TIMEOUT; Date.now() < end; await sleep(500)) {
      const now = await this.beingFilled(name);
      if (!before.some((segment) => now.includes(segment))) return true;
    }
    return false;
  }

  private async beingFilled(name: string): Promise<string[]> {
    const answer = await this.ask('GET', `/tables/${name}/consumingSegmentsInfo`);
    const segments = isObject(answer) ? answer['_segmentToConsumingInfoMap'] : null;
    return isObject(segments ?? null) ? Object.keys(segments as JsonObject) : [];
  }

  /** Gives rows that are there already their new columns and indexes. */
  async reload(name: string): Promise<void> {
    await this.ask('POST', `/segments/${name}/reload?type=REALTIME`);
  }

  private async ask(method: string, path: string, body?: JsonObject): Promise<Json> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (body) headers['content-type'] = 'application/json';
    if (this.token) headers['authorization'] = this.token;
    const answer = await fetch(this.address + path, {
      method,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((error: unknown) => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new Error(`${this.address} does not answer (${cause}): is PINOT_CONTROLLER right?`, { cause: error });
    });
    const text = await answer.text();
    if (answer.ok && text === '') return null;
    if (answer.status === 401 || answer.status === 403)
      throw new ControllerError(answer.status, `Pinot refuses PINOT_TOKEN (${answer.status})`);
    if (!answer.ok) throw new ControllerError(answer.status, `${method} ${path}: ${answer.status} ${reason(text)}`);
    try {
      return JSON.parse(text) as Json;
    } catch {
      throw new Error(`${method} ${path}: not the answer of a Pinot controller: ${text.slice(0, 200)}`);
    }
  }
}

/** The controller's own words, out of its JSON. */
function reason(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === 'string') return error;
  } catch {
    // a page of some proxy, said as it is
  }
  return text.slice(0, 1000);
}

function unknownFields(answer: Json): string[] {
  const unknown = isObject(answer) ? answer['unrecognizedProperties'] : null;
  return isObject(unknown ?? null) ? Object.keys(unknown as JsonObject) : [];
}
