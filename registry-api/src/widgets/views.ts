/** Widgets as the contract shows them. */
import type { VersionDetail, VersionSummary, WidgetDetail, WidgetSummary } from '@datamesh/contracts';
import { entryFile } from '@datamesh/publishing';
import { channelStates } from './channels';
import {
  baseOf,
  type ContextTypes,
  channelsOf,
  contextsOf,
  type VersionContent,
  type VersionEntry,
  versionOf,
  type WidgetRecord,
} from './widget';

/** `layouts`: how many layouts use the widget. */
export function summaryOf(widget: WidgetRecord, contexts: ContextTypes, layouts: number): WidgetSummary {
  const { name, listing } = widget;
  const base = baseOf(name, listing.version);
  return {
    name,
    title: listing.title,
    description: listing.description,
    publisher: listing.publisher,
    categories: listing.categories,
    version: listing.version,
    channels: channelsOf(widget),
    icon: listing.icon === null ? null : base + listing.icon,
    screenshots: listing.screenshots.map(({ src, label }) => ({ src: base + src, label })),
    ...(listing.size ? { size: listing.size } : {}),
    listensFor: contexts.taken,
    broadcasts: contexts.given,
    layouts,
    deprecated: listing.deprecated,
  };
}

/** `shown` is the content of the listed version; versions come newest first. */
export function detailOf(widget: WidgetRecord, shown: VersionContent, layouts: number): WidgetDetail {
  return {
    ...summaryOf(widget, contextsOf(shown.manifest), layouts),
    channelStates: channelStates(widget),
    widget: shown.manifest,
    versions: widget.versions.map(versionSummary).reverse(),
  };
}

const versionSummary = ({ version, publishedAt, publishedBy, deprecated, yanked, bytes }: VersionEntry): VersionSummary => ({
  version,
  publishedAt,
  publishedBy,
  deprecated,
  yanked,
  bytes,
});

export function versionDetailOf(widget: WidgetRecord, content: VersionContent): VersionDetail {
  const entry = versionOf(widget, content.version);
  if (!entry) throw new Error(`${widget.name} has no version ${content.version}`);
  return {
    ...versionSummary(entry),
    name: widget.name,
    base: baseOf(widget.name, content.version),
    entry: entryFile,
    expose: content.manifest.expose,
    widget: content.manifest,
    files: content.files.map(({ path, integrity, bytes }) => ({ path, integrity, bytes })),
  };
}
