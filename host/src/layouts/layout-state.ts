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
  newer: Newer | null;
  /** Unsaved changes of an earlier visit. */
  offered: Unsaved | null;
  draft: DraftState;
  /** In the bin, or (`withdrawn`) not there for this person any more: can still be kept as a copy. */
  gone: 'deleted' | 'withdrawn' | null;
  /** The original of this copy, where it has something new. */
  upstream: LayoutAnswer['upstream'];
}

export interface Newer {
  revision: number;
  /** null: oneself, on another page. */
  by: string | null;
  /** One's own, which touches nothing that is unsaved here: nobody has to hear of it. */
  quiet: boolean;
}

export type Notice =
  | { kind: 'reloaded'; by: string }
  | { kind: 'newer'; by: string | null }
  | { kind: 'deleted' }
  | { kind: 'withdrawn' }
  | { kind: 'rights'; mayEdit: boolean }
  | { kind: 'refused'; problem: ApiProblem };

export type SaveOutcome = { kind: 'saved'; layout: Layout } | { kind: 'unchanged' } | { kind: 'stale'; proposal: MergeProposal };

export interface LayoutSessionPorts {
  /** Whose page it is. */
  user: string;
  calls: LayoutCalls;
  drafts: LocalDrafts;
  mine: LocalMine;
  clock: Clock;
  notice(notice: Notice): void;
}
