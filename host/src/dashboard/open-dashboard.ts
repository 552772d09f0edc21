import type { AccessRequest, AuditVerification, Session } from '@datamesh/contracts';
import type { Place as PanelPlace } from '@datamesh/layout';
import type { StreamState } from '../api/event-stream';
import type { Outage } from '../api/keep-asking';
import type { Notice } from '../layouts/layout-state';
import type { MergeProposal } from '../layouts/merging';
import type { SavedTab } from '../layouts/open-tabs';
import type { Resolutions } from '../remotes/resolutions';
import type { Store } from '../ui/store';
import type { ToastAction, Toasts } from '../ui/toasts';
import type { CarriedLayout } from './carried';
import type { Place } from './loading';
import type { Entry, News } from './notifications/book';
import type { OpenLayout } from './open-layout';
import type { Company } from './presence/company';
import type { WidgetNews } from './widget-news';

/** `at`: where what is added goes; without, where there is most room. `from`: what opened it and has the keyboard again afterwards. */
export type Drawer = { kind: 'marketplace'; at?: PanelPlace; from?: HTMLElement } | { kind: 'settings'; panel: string };
export type Dialog =
  /** `message`: what was to be kept with the save. */
  | { kind: 'merge'; proposal: MergeProposal; message: string | undefined }
  | { kind: 'layouts' }
  | { kind: 'import' }
  | { kind: 'rename' }
  | { kind: 'name' }
  | { kind: 'save' }
  | { kind: 'delete'; layout: { id: string; title: string }; list?: LayoutList }
  /** `done`: once it is gone. */
  | { kind: 'delete-for-ever'; layout: { id: string; title: string }; done(): void }
  | { kind: 'share' }
  | { kind: 'history' }
  | { kind: 'pull'; title: string }
  | { kind: 'access-requests' }
  | { kind: 'notifications' }
  | { kind: 'widget'; name: string; title: string }
  | { kind: 'my-widgets' }
  | { kind: 'palette' }
  | { kind: 'keys' }
  | { kind: 'hold'; hold: HoldQuestion };

/** Where a layout is one of many; it stays there, whatever becomes of the layout. */
export interface LayoutList {
  /** It is in the bin. */
  gone(): void;
  /** It is out of the bin again. */
  back(): void;
}

/** A channel that is about to be held, as it was shown. */
export interface HoldQuestion {
  widget: string;
  channel: string;
  /** What it gives. */
  version: string;
  /** What it may be held at. */
  versions: readonly string[];
}
export type History = 'push' | 'replace' | 'stay';

export interface DashboardState {
  session: Session;
  tabs: SavedTab[];
  /** What the stage shows; `loading` while a layout is fetched, with an `outage` once it takes too long or fails and is tried again. */
  place:
    | Exclude<Place, { kind: 'layout' }>
    | { kind: 'layout'; path: string; open: OpenLayout }
    | { kind: 'loading'; path: string; outage?: Outage };
  /** Another layout of the department, which is shown once it comes; with an `outage` as above. */
  coming: { path: string; title: string; outage: Outage | null } | null;
  drawer: Drawer | null;
  dialog: Dialog | null;
  connection: StreamState;
  signedOut: boolean;
  /** When what is shown was last seen, while the server is out of reach; null: it is what the server says. */
  asOf: string | null;
  /** What admins have to know and to act on: the audit log is not what was written. */
  auditBroken: AuditVerification['broken'];
  /** Who asks for access to layouts of one's own. */
  accessRequests: readonly AccessRequest[];
  /** Who else has the shown layout open. */
  company: Company;
  /** What this person was told, newest first. */
  notifications: readonly Entry[];
  /** The page has followed many versions, and is offered anew. */
  reload: boolean;
  /** Shown to whoever passes by, without anything to do things with. */
  kiosk: Kiosk | null;
  /** The page is being made ready for paper. */
  printing: boolean;
}

export interface Kiosk {
  /** For how long each layout is shown; milliseconds. */
  interval: number;
  /** Whose pinned layouts are shown in turn; null: the one layout alone. */
  department: string | null;
}

/** What a person's actions and the event stream do things to: the layouts that are open, and the one that is shown. */
export interface OpenDashboard {
  readonly store: Store<DashboardState>;
  readonly toasts: Toasts;
  readonly notifications: { note(news: News): unknown };
  readonly resolutions: Resolutions;
  readonly news: WidgetNews;
  /** Has tabs, and layouts of their own. */
  readonly powerUser: boolean;
  readonly presence: { onPresenceChanged(layout?: string): unknown };
  /** What is pinned beside the shown layout, and is not open. */
  readonly pinsAhead: { layoutChanged(layout: string): unknown };
  /** The layout that is shown. */
  readonly active: OpenLayout | null;
  /** Every layout that is loaded, shown or not. */
  layouts(): Iterable<OpenLayout>;
  layout(id: string): OpenLayout | undefined;
  /** Layouts as the page before had them, which nobody has opened on this one; by layout. */
  readonly untouched: ReadonlyMap<string, CarriedLayout>;
  /** Shows a path: at once when its layout is open. One that is pinned beside what is shown takes its place once it comes. */
  go(path: string, history?: History): Promise<void>;
  /** Loads the layout of a path behind what is shown. Answers whether `go` has it: so, or while nobody answers as it was last seen; throws what `loadPlace` throws. */
  prepare(path: string): Promise<boolean>;
  close(id: string): Promise<void>;
  /** A layout that cannot be seen any more goes from the screen; its place says why. */
  leave(id: string): void;
  openDrawer(drawer: Drawer | null): void;
  openDialog(dialog: Dialog | null): void;
  /** The tab's name and the page's title follow the layout. */
  remember(open: OpenLayout): void;
  /** What a layout has to tell is told. */
  showNotice(layout: string, notice: Notice): void;
  /** The shown layout is no longer what its department pins. */
  showOwnPath(): void;
  /** Nothing of what was shown stays in this browser. */
  forgetSeen(): Promise<void>;
  /** `name@version`: nothing that was seen with it is shown again from this browser. */
  withdrawSeen(version: string): Promise<void>;
  /** Problems become a toast with what can be done about them; anything else is a defect and goes to the console. */
  attempt(work: Promise<unknown>, again?: ToastAction, how?: 'told' | 'silent'): Promise<void>;
}
