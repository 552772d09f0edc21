/** What a widget is to the registry, and the rules that follow from its versions and channels alone. */
import type { ChannelState, WidgetManifest } from '@datamesh/contracts';
import semver from 'semver';

export interface VersionEntry {
  version: string;
  /** Of the sorted list of (path, sha384): what the version is. */
  digest: string;
  /** ISO 8601. */
  publishedAt: string;
  publishedBy: string;
  /** All files unpacked. */
  bytes: number;
  /** The reason, null while it is not. */
  deprecated: string | null;
  yanked: string | null;
}

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
}

export const baseOf = (name: string, version: string): string => `/remotes/${name}/${version}/`;

/** How far back a yank can fall. */
export const channelMemory = 20;

export const versionOf = (widget: Pick<WidgetRecord, 'versions'>, version: string): VersionEntry | undefined =>
  widget.versions.find((entry) => entry.version === version);

export const isPrerelease = (version: string): boolean => semver.prerelease(version) !== null;

/** Highest version that is no prerelease; a widget that has only prereleases offers the highest of them, so that it can be tried at all. */
export function latestOf(widget: Pick<WidgetRecord, 'versions'>): string | null {
  const live = widget.versions.filter((entry) => entry.yanked === null).map((entry) => entry.version);
  const releases = live.filter((version) => !isPrerelease(version));
  return highest(releases.length > 0 ? releases : live);
}

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
  return channelVersion(widget, 'stable') ?? latestOf(widget) ?? highest(widget.versions.map((entry) => entry.version));
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
  };
}

export const isLive = (widget: Pick<WidgetRecord, 'versions'>, version: string): boolean => versionOf(widget, version)?.yanked === null;

export function highest(versions: readonly string[]): string | null {
  return versions.reduce<string | null>((best, version) => (best === null || semver.gt(version, best) ? version : best), null);
}

/** The live version that is likeliest to do as a stand-in: of the same major before any other, an older one before a newer one. */
export function nearestLive(widget: Pick<WidgetRecord, 'versions'>, version: string): string | null {
  const live = widget.versions.filter((entry) => entry.yanked === null).map((entry) => entry.version);
  const releases = live.filter((other) => !isPrerelease(other));
  const among = releases.length > 0 ? releases : live;
  const family = among.filter((other) => semver.major(other) === semver.major(version));
  for (const choice of [family, among]) {
    const below = choice.filter((other) => semver.lt(other, version));
    const above = choice.filter((other) => semver.gt(other, version));
    const nearest = highest(below) ?? above.sort(semver.compare)[0];
    if (nearest) return nearest;
  }
  return null;
}
