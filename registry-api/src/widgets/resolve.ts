/** Which version a spec means: npm's grammar for versions and ranges, and the widget's channels. Pure. */
import type { ResolutionFailure } from '@datamesh/contracts';
import semver from 'semver';
import { ordered } from './ordered';
import { channelsOf, channelVersion, highestOf, nearestLive, type VersionEntry, versionOf, type WidgetRecord } from './widget';

export type Failure = ResolutionFailure['error'];
export type Choice = { version: string } | { error: Failure };

export interface Spec {
  name: string;
  /** What stands behind the @: a channel, a range or a version. */
  selector: string;
}

const form = /^([a-z][a-z0-9-]{2,49})@([^@]+)$/;
const exactVersion = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const slug = /^[a-z][a-z0-9-]{0,49}$/;

export function parseSpec(text: string): Spec | null {
  const [, name, selector] = form.exec(text) ?? [];
  return name && selector ? { name, selector } : null;
}

/** A channel may not be called `latest`, nor like a range (`x`, `v1`): the spec would mean two things. */
export const isChannelName = (text: string): boolean => slug.test(text) && text !== 'latest' && semver.validRange(text) === null;

/** Read once, however many versions are held against it. */
function rangeOf(text: string): semver.Range | null {
  return semver.validRange(text) === null ? null : new semver.Range(text);
}

type Widget = Pick<WidgetRecord, 'name' | 'versions' | 'channels'>;

export function choose(widget: Widget, selector: string): Choice {
  if (exactVersion.test(selector) && semver.valid(selector)) return exact(widget, selector);
  if (selector === 'latest' || isChannelName(selector)) return byChannel(widget, selector);
  const range = rangeOf(selector);
  if (range) return byRange(widget, range, selector);
  return failure('spec_invalid', `"${selector}" is no channel, no version and no range of versions`);
}

function exact(widget: Widget, version: string): Choice {
  const entry = versionOf(widget, version);
  if (!entry) return failure('version_unknown', `${widget.name} has no version ${version}${offered(widget)}`);
  if (entry.yanked !== null) return withdrawn(widget, entry, `${widget.name} ${version} was withdrawn: ${entry.yanked}`);
  return { version };
}

function byChannel(widget: Widget, channel: string): Choice {
  const version = channelVersion(widget, channel);
  if (version) return { version };
  const last =
    channel === 'latest' ? highestOf(widget) : Object.hasOwn(widget.channels, channel) ? widget.channels[channel]?.[0] : undefined;
  const entry = last == null ? undefined : versionOf(widget, last);
  if (entry) return withdrawn(widget, entry, `Every version of ${widget.name} that ${channel} pointed to was withdrawn`);
  return failure('version_unknown', `${widget.name} has no channel ${channel}; its owner promotes a version to it${offered(widget)}`);
}

/** The highest that is neither yanked nor a prerelease, also where npm would let the range name a prerelease. */
function byRange(widget: Widget, wanted: semver.Range, range: string): Choice {
  let last: VersionEntry | undefined;
  for (const { entry, semver: version } of ordered(widget.versions).released) {
    if (!wanted.test(version)) continue;
    if (entry.yanked === null) return { version: entry.version };
    last ??= entry;
  }
  if (last) return withdrawn(widget, last, `Every version of ${widget.name} in ${range} was withdrawn`);
  return failure('version_unknown', `No released version of ${widget.name} is in ${range}${offered(widget)}`);
}

/** Why, and what a page can offer with one click. */
function withdrawn(widget: Widget, entry: VersionEntry, sentence: string): { error: Failure } {
  const instead = { nearest: nearestLive(widget, entry.version), stable: channelVersion(widget, 'stable') };
  const reason = entry.yanked === null ? {} : { reason: entry.yanked };
  return { error: { code: 'version_yanked', detail: `${sentence}${offered(widget)}`, ...reason, instead } };
}

/** What the reader can ask for instead. */
function offered(widget: Widget): string {
  const channels = Object.entries(channelsOf(widget)).map(([channel, version]) => `${channel} (${version})`);
  return channels.length > 0 ? `. There is: ${channels.join(', ')}` : '. It has no version that can be used';
}

export const unknownWidget = (name: string): Choice & { error: Failure } => failure('widget_unknown', `No widget is called ${name}`);

function failure(code: Failure['code'], detail: string): { error: Failure } {
  return { error: { code, detail } };
}
