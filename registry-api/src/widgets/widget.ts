/** What a widget is to the registry, and the rules that follow from its versions and channels alone. */
import type { ChannelState, WidgetManifest } from '@datamesh/contracts';
import { given, taken } from '@datamesh/contracts/context-types';
import semver from 'semver';
import type { KnownSync } from '../deployments/known-sync';
import { isUsable, ordered, type VersionEntry } from './ordered';

export type { VersionEntry } from './ordered';

/** What the marketplace shows: taken from the version that an added panel would run. */
export interface Listing {
  /** false when every version is yanked. */
  listed: boolean;
  version: string;
  title: string;
  description: string;
  publisher: string;
  categories: string[];
  icon: string | null;
  screenshots: { src: string; label: string }[];
  size: WidgetManifest['size'] | null;
  deprecated: boolean;
  /** Types of contexts that it takes and gives; absent where it was listed before they were kept here. */
  contexts?: ContextTypes;
}

export interface ContextTypes {
  taken: string[];
  given: string[];
}

/** The Deployment that moves a channel, and what the channel gives because of it. */
export type ChannelOwner = NonNullable<ChannelState['owner']>;

export type Hold = NonNullable<ChannelState['hold']>;

/** One document, one unit of atomicity: whatever may be seen of a widget becomes visible by one write of it. */
export interface WidgetRecord {
  name: string;
  /** The team that published it first. */
  owner: string;
  /** Counts writes; compare-and-set. */
  revision: number;
  /** In the order of publishing. */
  versions: VersionEntry[];
  /** For each channel the versions that it was promoted to, the newest first. `latest` is not among them: it follows from the versions. */
  channels: Record<string, string[]>;
  listing: Listing;
  /** Channels that what runs in a cluster moves. */
  owners?: Record<string, ChannelOwner>;
  /** Channels that nothing moves. */
  holds?: Record<string, Hold>;
  /** What deployment tools have told of it, the newest first. */
  syncs?: KnownSync[];
}

export interface FileEntry {
  path: string;
  /** `sha384-…` in base64, as browsers take it. */
  integrity: string;
  bytes: number;
  /** Compressed variants that are smaller than the file. */
  encodings: ('br' | 'gzip')[];
}

/** A version's content; never changes once a widget names its digest. */
export interface VersionContent {
  name: string;
  version: string;
  digest: string;
  manifest: WidgetManifest;
  files: FileEntry[];
  /** Paths of scripts that mounting needs beside the entry; absent where it was published before they were kept here. */
  preload?: string[];
}

export const baseOf = (name: string, version: string): string => `/remotes/${name}/${version}/`;

/** How far back a yank can fall. */
export const channelMemory = 20;

export const versionOf = (widget: Pick<WidgetRecord, 'versions'>, version: string): VersionEntry | undefined =>
  ordered(widget.versions).byVersion.get(version);

/** Highest version that is no prerelease; a widget that has only prereleases offers the highest of them, so that it can be tried at all. */
export function latestOf(widget: Pick<WidgetRecord, 'versions'>): string | null {
  const { released, all } = ordered(widget.versions);
  return (released.find(isUsable) ?? all.find(isUsable))?.entry.version ?? null;
}

export const highestOf = (widget: Pick<WidgetRecord, 'versions'>): string | null => ordered(widget.versions).all[0]?.entry.version ?? null;

/** The version that a channel gives: where it was promoted to last, or, when that was yanked, where it was before. */
export function channelVersion(widget: Pick<WidgetRecord, 'versions' | 'channels'>, channel: string): string | null {
  if (channel === 'latest') return latestOf(widget);
  return (
    (Object.hasOwn(widget.channels, channel) ? (widget.channels[channel] ?? []) : []).find((version) => isLive(widget, version)) ?? null
  );
}

/** All channels that give a version. */
export function channelsOf(widget: Pick<WidgetRecord, 'versions' | 'channels'>): Record<string, string> {
  const names = ['latest', ...Object.keys(widget.channels)];
  const given = names.map((channel) => [channel, channelVersion(widget, channel)] as const);
  return Object.fromEntries(given.filter((pair): pair is [string, string] => pair[1] !== null));
}

/** What an added panel would run: stable, else latest; the highest yanked one when nothing else is left. */
export function shownVersion(widget: Pick<WidgetRecord, 'versions' | 'channels'>): string | null {
  return channelVersion(widget, 'stable') ?? latestOf(widget) ?? highestOf(widget);
}

/** The channel's history with `version` in front. */
export function promoted(history: readonly string[] | undefined, version: string): string[] {
  return [version, ...(history ?? []).filter((other) => other !== version)].slice(0, channelMemory);
}

export function listingOf(widget: Pick<WidgetRecord, 'versions' | 'channels'>, manifest: WidgetManifest, version: string): Listing {
  return {
    listed: isLive(widget, version),
    version,
    title: manifest.title,
    description: manifest.description,
    publisher: manifest.publisher,
    categories: manifest.categories ?? [],
    icon: manifest.icon ?? null,
    screenshots: manifest.screenshots ?? [],
    size: manifest.size ?? null,
    deprecated: versionOf(widget, version)?.deprecated != null,
    contexts: contextsOf(manifest),
  };
}

export const contextsOf = (manifest: WidgetManifest): ContextTypes => ({ taken: taken(manifest), given: given(manifest) });

export const isLive = (widget: Pick<WidgetRecord, 'versions'>, version: string): boolean => versionOf(widget, version)?.yanked === null;

/** The live version that is likeliest to do as a stand-in: of the same major before any other, an older one before a newer one. */
export function nearestLive(widget: Pick<WidgetRecord, 'versions'>, version: string): string | null {
  const { released, all } = ordered(widget.versions);
  const releases = released.filter(isUsable);
  const among = releases.length > 0 ? releases : all.filter(isUsable);
  const wanted = new semver.SemVer(version);
  const family = among.filter((other) => other.semver.major === wanted.major);
  for (const choice of [family, among]) {
    const nearest = choice.find((other) => semver.lt(other.semver, wanted)) ?? choice.findLast((other) => semver.gt(other.semver, wanted));
    if (nearest) return nearest.entry.version;
  }
  return null;
}
