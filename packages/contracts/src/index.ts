/** The shapes that services, host, CLI and widgets share. Types only: what runs has addresses of its own (./settings, ./node). */
import type { components as Registry, paths as RegistryPaths } from './generated/registry';
import type { components as Tracker, paths as TrackerPaths } from './generated/tracker';

export type { RegistryPaths, TrackerPaths };

type R = Registry['schemas'];
type T = Tracker['schemas'];

export type Problem = R['Problem'];
export type User = R['User'];
export type Session = R['Session'];
export type SignedOut = R['SignedOut'];
export type Department = R['Department'];
export type Token = R['Token'];
export type Account = R['Account'];
export type WidgetManifest = R['WidgetManifest'];
export type WidgetSummary = R['WidgetSummary'];
export type WidgetDetail = R['WidgetDetail'];
export type VersionSummary = R['VersionSummary'];
export type VersionDetail = R['VersionDetail'];
export type PublishedVersion = R['PublishedVersion'];
export type Resolution = R['Resolution'];
export type ResolutionFailure = R['ResolutionFailure'];
export type ResolutionItem = R['ResolutionItem'];
export type Context = R['Context'];
export type Panel = R['Panel'];
export type PanelBinding = R['PanelBinding'];
export type StackNode = R['StackNode'];
export type SplitNode = R['SplitNode'];
export type LayoutNode = R['LayoutNode'];
/** What a client sends; absent fields mean their defaults. */
export type LayoutContentInput = R['LayoutContent'];
export type Layout = R['Layout'];
/** What a person edits, every field present: packages/layout works on this. */
export type LayoutContent = Pick<
  Layout,
  'title' | 'department' | 'visibility' | 'grants' | 'tree' | 'panels' | 'defaultChannel' | 'filters'
>;
export type LayoutFile = R['LayoutFile'];
export type LayoutsIndex = R['LayoutsIndex'];
export type PanelsFile = R['PanelsFile'];
export type LayoutAnswer = R['LayoutAnswer'];
export type LayoutSummary = R['LayoutSummary'];
export type Lineage = R['Lineage'];
export type Binned = R['Binned'];
export type HoldingLayout = R['HoldingLayout'];
export type LayoutTitles = R['LayoutTitles'];
export type RevisionSummary = R['RevisionSummary'];
export type LayoutSharing = R['LayoutSharing'];
export type LayoutAccess = R['LayoutAccess'];
export type AccessEntry = R['AccessEntry'];
export type AccessRequest = R['AccessRequest'];
export type Presence = R['Presence'];
export type PresentPerson = R['PresentPerson'];
export type FoundPerson = R['FoundPerson'];
export type Upstream = R['Upstream'];
export type Overlay = R['Overlay'];
export type Draft = R['Draft'];
export type Pin = R['Pin'];
export type AuditEntry = R['AuditEntry'];
export type UnreadableAuditEntry = R['UnreadableAuditEntry'];
export type AuditVerification = R['AuditVerification'];
export type Setting = R['Setting'];
export type ServiceSettings = R['ServiceSettings'];
export type ChannelState = R['ChannelState'];
export type Heartbeat = R['Heartbeat'];
export type LeaseAnswer = R['LeaseAnswer'];
export type LeaseView = R['Lease'];
export type ChannelMove = R['ChannelMove'];
export type Sync = R['Sync'];
export type ReportedSync = R['ReportedSync'];
export type Trust = R['Trust'];
export type NewTrust = R['NewTrust'];
export type WorkloadAction = R['WorkloadAction'];
export type RegistryEvent = R['RegistryEvent'];

export type TrackerEvent = T['Event'];
export type TrackerSite = T['Site'];
export type Summary = T['Summary'];
export type Totals = T['Totals'];
export type Series = T['Series'];
export type Top = T['Top'];
export type Dimension = T['Dimension'];
export type Props = T['Props'];
export type Sessions = T['Sessions'];
export type Dwell = T['Dwell'];
export type Funnel = T['Funnel'];
export type Retention = T['Retention'];
export type Live = T['Live'];
export type Drops = T['Drops'];
export type WidgetFigures = T['WidgetFigures'];
export type WidgetUsage = T['WidgetUsage'];
/** What an answer of the tracker lacks. */
export type Missing = T['Missing'];
/** A dimension, or `props.KEY` for a property of the events. */
export type AnyDimension = Dimension | `props.${string}`;

/** Claims of the five-minute JWT that the edge attaches for a service; signed by registry-api. */
export interface ServiceClaims {
  sub: string;
  name: string;
  roles: User['roles'];
  departments: string[];
  teams: string[];
  /** Session id: streams end with it. */
  sid: string;
  /** When the person signed in, seconds since the epoch. */
  auth_time: number;
  /** Seconds since the epoch when the session began. */
  signed_in_at?: number;
}
