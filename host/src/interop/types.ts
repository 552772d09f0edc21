import type { Context, WidgetManifest } from '@datamesh/contracts';
import type { Channel, ContextMetadata, DesktopAgent, Listener, PrivateChannel } from '@finos/fdc3-standard';

export type { Channel, Context, ContextMetadata, Listener, PrivateChannel };

/** Who speaks: one element in one panel. */
export interface Member {
  panel: string;
  widget: string;
  version: string;
  /** What its widget.json says that it answers, and about which contexts. */
  intents?: WidgetManifest['intents'];
}

export type Direction = 'both' | 'send' | 'receive';

/** Comes with every context. `appId` and `instanceId` are FDC3's words for widget and panel. */
export interface Metadata extends ContextMetadata {
  readonly source: Omit<Member, 'intents'> & { appId: string; instanceId: string };
  /** ISO 8601. */
  readonly timestamp: string;
  readonly traceId: string;
}

export type Handler = (context: Context, metadata?: Metadata) => void;

/** What an element gets as its property `fdc3`. */
export type Fdc3 = Pick<
  DesktopAgent,
  | 'broadcast'
  | 'addContextListener'
  | 'raiseIntent'
  | 'addIntentListener'
  | 'getUserChannels'
  | 'joinUserChannel'
  | 'leaveCurrentChannel'
  | 'getCurrentChannel'
  | 'getOrCreateChannel'
  | 'createPrivateChannel'
  | 'getInfo'
>;

export interface InteropOptions {
  /** The clock; milliseconds since the epoch. */
  now?(): number;
  newId?(): string;
  /** A dashboard filter was broadcast by a panel. */
  onFilter?(context: Context): void;
  /** A filter that the layout was saved with is no context: `error` says why. */
  onFilterRefused?(type: string, error: Error): void;
  /** A widget joined or left a user channel by itself. */
  onChannel?(panel: string, channel: string | null): void;
  /** An intent was delivered to this panel. */
  onIntent?(panel: string): void;
  /** A listener of this panel threw; the others were served. */
  onListenerError?(panel: string, error: unknown): void;
  /** A chain of this panel went on for too long and was cut. */
  onLoop?(panel: string, context: Context): void;
}
