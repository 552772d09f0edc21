import type { Pending, PendingSource } from '../events/pending';
import type { VersionContent, WidgetRecord } from './widget';

export interface WidgetQuery {
  /** Normalised; each is in a word of what a widget is called, or begins one of its description. */
  words: readonly string[];
  /** Normalised. */
  category: string | null;
  publisher: string | null;
  /** Sort key of the last widget of the page before. */
  after: string | null;
  limit: number;
}

export interface WidgetPage {
  items: WidgetRecord[];
  /** Sort key of the last item when more follow. */
  next: string | null;
  /** Of all pages. */
  total: number;
}

export interface WidgetStore extends PendingSource {
  find(name: string): Promise<WidgetRecord | null>;
  /** Revisions of those that exist: the cheap question whether something changed. */
  revisions(names: readonly string[]): Promise<Map<string, number>>;
  /**
   * Writes a record whose revision counts one more than the stored one (1: there was none), with the events and audit entries
   * about it, at once. false: somebody else wrote in between, nothing happened.
   */
  commit(record: WidgetRecord, about: readonly Pending[]): Promise<boolean>;
  /** Content is addressed by its digest: writing it again changes nothing, and nobody sees it before a record names it. */
  putContent(content: VersionContent): Promise<void>;
  content(name: string, version: string, digest: string): Promise<VersionContent | null>;
  /** All that are stored, named by a record or not. What is put meanwhile may be among them. */
  contents(): AsyncIterable<VersionContent>;
  /** The store's own time, which dates contents whenever they are put: milliseconds since the epoch. */
  now(): Promise<number>;
  /** Removes contents that no record names and that were last put before this time of the store; how many. Safe beside commits. */
  collectContents(before: number): Promise<number>;
  /** Every name and its team, listed or not. */
  owners(): Promise<{ name: string; owner: string }[]>;
  /** Listed widgets in the order of their sort keys. */
  list(query: WidgetQuery): Promise<WidgetPage>;
  /** Categories of listed widgets, as written, in order. */
  categories(): Promise<string[]>;
}

export const contentKey = (name: string, version: string, digest: string): string => `${name}@${version}:${digest}`;
