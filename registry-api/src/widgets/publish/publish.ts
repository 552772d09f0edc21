/** Publishing, from the archive to visible: everything is checked and stored before the one write that shows it. */
import { checkVersion, type Described, fatalIn, type PublishTarget, type SharedFinding } from '@datamesh/publishing';
import { entryAbout, type PendingEntry } from '../../audit/audit';
import type { Clock } from '../../clock';
import { isoTime } from '../../clock';
import type { Config } from '../../config';
import { problem } from '../../http/problem';
import type { BlobStore } from '../../storage/blobs/blobs';
import type { Pool } from '../../workers/pool';
import type { Changer } from '../change';
import type { WidgetStore } from '../store';
import type { VersionContents } from '../version-content';
import { listingOf, shownVersion, type VersionContent, type VersionEntry, versionOf, type WidgetRecord } from '../widget';
import { widgetEvent } from '../widget-event';
import type { Allowed } from './check-allowed';
import type { Examined } from './examine';
import { examineIn } from './in-threads';
import { limits } from './limits';
import { checkLookalike } from './look-alike';
import { checkOwner, checkPublisher } from './ownership';
import { answered } from './refusal';
import { writeFiles } from './write-files';

export interface PublishOptions {
  store: WidgetStore;
  contents: VersionContents;
  blobs: BlobStore;
  allowed: Allowed;
  /** A version that cannot run beside the page's libraries is refused, or published with a warning. */
  sharedMismatch: Config['sharedMismatch'];
  /** Threads that read and compress uploads. */
  pool: Pool;
  clock: Clock;
  wakeRelay(): void;
  /** Appends to the audit log unless it has an entry of this action about this subject. */
  fill(entry: PendingEntry): Promise<void>;
  maxVersions?: number;
  /** `name=team`: may be published although the name looks like another team's. */
  lookalikesAllowed?: readonly string[];
}

export interface Published {
  widget: WidgetRecord;
  content: VersionContent;
  /** false: it was there before, with the same files. */
  created: boolean;
  /** What its publisher should know, in words; no reason to refuse it. */
  warnings: SharedFinding[];
}

type Shown = Omit<Published, 'warnings'>;

export interface Publish {
  /** What can be refused before the upload is read. */
  admit(asked: PublishTarget, publisher: Changer): Promise<void>;
  publish(asked: PublishTarget, publisher: Changer, upload: Buffer): Promise<Published>;
}

export function createPublish(options: PublishOptions): Publish {
  const { store, contents, blobs, allowed, pool } = options;

  async function admit({ name, version }: PublishTarget, { team }: Changer): Promise<void> {
    answered(() => checkVersion(version));
    const widget = await store.find(name);
    if (widget) checkOwner(widget, team);
    else await checkNew(name, team);
  }

  const checkNew = async (name: string, owner: string): Promise<void> =>
    checkLookalike({ name, owner }, await store.owners(), options.lookalikesAllowed ?? []);

  async function publish(asked: PublishTarget, publisher: Changer, upload: Buffer): Promise<Published> {
    await admit(asked, publisher);
    const examined = await examineIn(pool, upload, asked, allowed);
    const { manifest, described, shared } = examined;
    checkPublisher(manifest, publisher.team);
    const before = await publishedBefore(await store.find(asked.name), asked, described, publisher);
    if (before) return { ...before, warnings: shared };
    checkMismatch(shared);
    const began = options.clock();
    const content = await storeContent(asked, examined);
    return { ...(await show(content, described, publisher, began)), warnings: shared };
  }

  function checkMismatch(shared: readonly SharedFinding[]): void {
    const fatal = fatalIn(shared);
    if (fatal && options.sharedMismatch === 'refuse') throw problem(422, 'shared_out_of_range', fatal.detail);
  }

  /** The same files again are the same version; other files under its number are refused. */
  async function publishedBefore(
    widget: WidgetRecord | null,
    asked: PublishTarget,
    described: Described,
    publisher: Changer,
  ): Promise<Shown | null> {
    if (!widget) return null;
    checkOwner(widget, publisher.team);
    const entry = versionOf(widget, asked.version);
    if (!entry) return null;
    if (entry.digest !== described.digest) {
      throw problem(
        409,
        'version_exists',
        `${asked.name} ${asked.version} was published with other files; a version never changes: raise it`,
      );
    }
    const content = await contents.of(widget, asked.version);
    await options.fill(lateEntry(content, entry, publisher));
    return { widget, content, created: false };
  }

  /** Blobs and content are addressed by what they hold: a crash after this leaves only what the next try would write. */
  async function storeContent(asked: PublishTarget, { manifest, described, preload }: Examined): Promise<VersionContent> {
    const files = await writeFiles(described, blobs, pool);
    const content = { ...asked, digest: described.digest, manifest, files, preload };
    await store.putContent(content);
    return content;
  }

  /** The one write that makes the version visible; whoever came first decides, the other looks again. */
  async function show(content: VersionContent, described: Described, publisher: Changer, began: number): Promise<Shown> {
    for (;;) {
      if (options.clock() - began > limits.storing)
        throw problem(503, 'publish_too_slow', 'Storing the files took too long, as when the machine slept; publish again');
      // One read: what is checked is what the new record is made from.
      const former = await store.find(content.name);
      const before = await publishedBefore(former, content, described, publisher);
      if (before) return before;
      // Another team may have published one that looks like it while this was stored.
      if (!former) await checkNew(content.name, publisher.team);
      const widget = await withVersion(former, content, entryOf(content, described, publisher));
      const about = [widgetEvent('widgets.active-changed', widget, content.version, options.clock), published(content, publisher)];
      if (await store.commit(widget, about)) {
        options.wakeRelay();
        return { widget, content, created: true };
      }
    }
  }

  const published = ({ name, version, digest, files }: VersionContent, { asking }: Changer) =>
    entryAbout(asking, isoTime(options.clock), 'widget.publish', `${name}@${version}`, { digest, files: files.length });

  /** For a version that went live without its entry, as it could until the entry became part of the write. Its id lets it be appended once. */
  const lateEntry = ({ name, version, digest, files }: VersionContent, { publishedAt, publishedBy }: VersionEntry, { asking }: Changer) => {
    const details = { digest, files: files.length, late: isoTime(options.clock), by: asking.actor };
    const subject = `${name}@${version}`;
    const entry = entryAbout({ ...asking, actor: publishedBy, from: null }, publishedAt, 'widget.publish', subject, details);
    return { ...entry, id: `widget.publish ${subject}` };
  };

  const entryOf = ({ version }: VersionContent, { digest, bytes }: Described, { asking }: Changer): VersionEntry => ({
    version,
    digest,
    bytes,
    publishedAt: isoTime(options.clock),
    publishedBy: asking.actor,
    deprecated: null,
    yanked: null,
  });

  async function withVersion(former: WidgetRecord | null, content: VersionContent, entry: VersionEntry): Promise<WidgetRecord> {
    if (former && former.versions.length >= (options.maxVersions ?? limits.versions)) {
      throw problem(409, 'too_many_versions', `${former.name} has as many versions as a widget can have; publish under another name`);
    }
    const made = { versions: [...(former?.versions ?? []), entry], channels: former?.channels ?? {} };
    const shown = shownVersion(made) ?? entry.version;
    const { manifest } = shown === content.version || !former ? content : await contents.of(former, shown);
    return {
      ...former,
      ...made,
      name: content.name,
      owner: former?.owner ?? content.manifest.publisher,
      revision: (former?.revision ?? 0) + 1,
      listing: listingOf(made, manifest, shown),
    };
  }

  return { admit, publish };
}
