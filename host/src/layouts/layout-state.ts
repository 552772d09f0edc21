import type { Layout, LayoutAnswer, LayoutContent, Overlay } from '@datamesh/contracts';
import type { ApiProblem } from '../api/problem';
import type { DraftState } from './draft-keeper';
import type { MergeProposal } from './merging';
import type { Clock, LayoutCalls, LocalDrafts, LocalMine, Unsaved } from './ports';

export interface LayoutState {
  /** As last loaded or saved. */
  layout: Layout;
  /** As edited. */
  content: LayoutContent;
  mayEdit: boolean;
  /** A viewer's own settings. */
  mine: Overlay | null;
  /** Filters that somebody who only looks has set: shown, never saved. */
  filters: LayoutContent['filters'] | null;
  dirty: boolean;
  /** Label of what undo would take back; null when there is nothing. */
  undo: string | null;
  redo: string | null;
  saving: boolean;
  /** Somebody saved while we have unsaved changes: merged when we save. */
  newer: { revision: number; by: string } | null;
  /** Unsaved changes of an earlier visit. */
  offered: Unsaved | null;
  draft: DraftState;
  /** In the bin, or (`withdrawn`) not there for this person any more: can still be kept as a copy. */
  gone: 'deleted' | 'withdrawn' | null;
  /** The original of this copy, where it has something new. */
  upstream: LayoutAnswer['upstream'];
}

export type Notice =
  | { kind: 'reloaded'; by: string }
  | { kind: 'newer'; by: string }
  | { kind: 'deleted' }
  | { kind: 'withdrawn' }
  | { kind: 'rights'; mayEdit: boolean }
  | { kind: 'refused'; problem: ApiProblem };

export type SaveOutcome = { kind: 'saved'; layout: Layout } | { kind: 'unchanged' } | { kind: 'stale'; proposal: MergeProposal };

export interface LayoutSessionPorts {
  calls: LayoutCalls;
  drafts: LocalDrafts;
  mine: LocalMine;
  clock: Clock;
  notice(notice: Notice): void;
}
