import type { LayoutAnswer, Pin, ResolutionItem, Session } from '@datamesh/contracts';
import { isResolution } from '../../remotes/resolution';

/** What a place showed. A change that an older page cannot read takes another purpose of the key: host/server/last-seen-key.ts. */
export interface Seen {
  /** When the server last said so. */
  at: string;
  session: Session;
  place: { kind: 'layout'; path: string; answer: LayoutAnswer; pin: Pin | null };
}

/** Nothing that leads elsewhere. */
const SEGMENTS = /^[a-z0-9-]+\/\d[0-9A-Za-z.+-]*$/;

/**
 * Widgets have the session's key as well, and could write anything: what a page could not open is none, and code comes from where
 * published files are, with the hash that it must have, or not at all. Throws where the text is no JSON.
 */
export function readSeen(text: string): Seen | undefined {
  const seen: unknown = JSON.parse(text);
  const { at, session, place } = fields<Seen>(seen);
  const { user, departments } = fields<Session>(session);
  const { kind, path, answer } = fields<Seen['place']>(place);
  const { layout, resolution } = fields<LayoutAnswer>(answer);
  const { id, tree, panels } = fields<LayoutAnswer['layout']>(layout);
  const { id: who, roles } = fields<Session['user']>(user);
  const opens =
    [at, who, path, id, fields<{ type: string }>(tree).type].every((name) => typeof name === 'string') &&
    [roles, departments, resolution ?? []].every(Array.isArray) &&
    kind === 'layout' &&
    isObject(panels) &&
    (resolution ?? []).every(isPublished);
  return opens ? (seen as Seen) : undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Of something that may be anything. */
const fields = <T>(value: unknown): Partial<T> => (isObject(value) ? value : {});

const isPublished = (item: ResolutionItem): boolean =>
  isObject(item) &&
  (!isResolution(item) || (SEGMENTS.test(`${item.name}/${item.version}`) && item.base === `/remotes/${item.name}/${item.version}/`));
